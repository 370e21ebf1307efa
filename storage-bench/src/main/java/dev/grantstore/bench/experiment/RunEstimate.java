package dev.grantstore.bench.experiment;

import dev.grantstore.bench.fork.ForkRequest.AskedCell;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.statistics.Bootstrap;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * About how long a run is going to take, said before it begins, and how it is made to fit into
 * less: first there are fewer rounds, down to the {@value Bootstrap#LEAST_VALUES} that an interval
 * needs; then warm-up and measuring are shortened alike, down to {@link #LEAST_DURATION} of
 * measuring. It is never cut below what can be judged.
 *
 * @param engines how many
 * @param cells what is asked of each
 * @param forks how many JVMs for each cell of each engine; 0 to measure in one
 * @param grants how many are asked
 * @param fixturesToMake how many copies of the grants have to be made first
 */
public record RunEstimate(
    int engines, List<AskedCell> cells, int forks, long grants, int fixturesToMake) {
  /** Whatever is measured for less is mostly warming up. */
  public static final Duration LEAST_DURATION = Duration.ofSeconds(1);

  /** A JVM, the store's opening, keys and answers; a middling machine takes about so long. */
  private static final Duration START = Duration.ofSeconds(2);

  /** Of the grants, each: loaded into a fixture with its digest and census; put once; read once. */
  private static final long MAKE_NANOS = 8_000;

  private static final long LOAD_NANOS = 4_000;
  private static final long READ_NANOS = 1_000;

  /** Warm-up goes on while the rate rises; in the middle that takes half as long again. */
  private static final double WARM_UPS = 1.5;

  private static final int STEPS = 20;

  /** Copies the list. */
  public RunEstimate {
    cells = List.copyOf(cells);
  }

  /** {@return how long all of it takes} */
  public Duration total() {
    double nanos = (double) fixturesToMake * grants * MAKE_NANOS + engines * look();
    for (AskedCell cell : cells) {
      nanos += (double) engines * rounds() * nanos(cell);
    }
    return Duration.ofNanos(Math.round(nanos));
  }

  /** {@return how many measurements there are, each of a cell on an engine} */
  public int measurements() {
    return rounds() * cells.size() * engines;
  }

  private int rounds() {
    return Math.max(1, forks);
  }

  /** Every row is compared, and what reads is asked again for a second, twice. */
  private double look() {
    return START.toNanos() + 2.0 * grants * READ_NANOS + 2e9 * cells.size();
  }

  private double nanos(AskedCell cell) {
    CellSettings settings = cell.settings();
    double asked = (double) settings.warmup().toNanos() * WARM_UPS + settings.duration().toNanos();
    double start = forks == 0 ? 0 : START.toNanos();
    return switch (cell.benchmark()) {
      case "G1" -> {
        double load = (double) grants * (LOAD_NANOS + READ_NANOS);
        yield start + Math.max((double) settings.duration().toNanos(), load) + load;
      }
      case "G5" -> start + Math.max(asked, 3.0 * grants * READ_NANOS);
      case "G2+writes" -> start + asked + (double) grants * LOAD_NANOS;
      default -> start + asked;
    };
  }

  /**
   * {@return this, or less of it, so that it fits}
   *
   * @param budget how long it may take
   * @throws IllegalArgumentException if what is left could not be judged
   */
  public RunEstimate within(Duration budget) {
    RunEstimate fitted = this;
    while (fitted.total().compareTo(budget) > 0 && fitted.forks > Bootstrap.LEAST_VALUES) {
      fitted = new RunEstimate(engines, cells, fitted.forks - 1, grants, fixturesToMake);
    }
    RunEstimate rounds = fitted;
    for (int step = STEPS - 1; step > 0 && fitted.total().compareTo(budget) > 0; step--) {
      fitted = rounds.shortened((double) step / STEPS);
    }
    if (fitted.total().compareTo(budget) > 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "does not fit into %s: with %s, %s each, it takes about %s, and less could not be judged; ask for fewer benchmarks, threads or engines, or fewer grants",
              Spoken.time(budget),
              fitted.forks == 0 ? "no forks" : fitted.forks + " forks a cell",
              Spoken.time(fitted.longestDuration()),
              Spoken.time(fitted.total())));
    }
    return fitted;
  }

  private Duration longestDuration() {
    return cells.stream()
        .map(cell -> cell.settings().duration())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private RunEstimate shortened(double factor) {
    List<AskedCell> shorter =
        cells.stream()
            .map(cell -> new AskedCell(cell.benchmark(), shortened(cell.settings(), factor)))
            .toList();
    return new RunEstimate(engines, shorter, forks, grants, fixturesToMake);
  }

  private static CellSettings shortened(CellSettings settings, double factor) {
    double least = (double) LEAST_DURATION.toNanos() / settings.duration().toNanos();
    double kept = Math.min(1, Math.max(factor, least));
    return settings.withTimes(
        times(settings.warmup(), kept),
        times(settings.mostWarmup(), kept),
        times(settings.duration(), kept));
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofMillis(Math.round(duration.toNanos() * factor / 1e6));
  }
}
