package dev.grantstore.bench.experiment;

import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import dev.grantstore.bench.statistics.Bootstrap;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.manifest.Manifest;
import dev.grantstore.fixture.spec.FixtureSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A run before anything of it is made: what it measures, about how long that takes, and how it is
 * made to fit into less. Then there are fewer rounds first, down to the {@value
 * Bootstrap#LEAST_VALUES} that an interval needs; then warm-up and measuring are shortened alike,
 * down to {@link #LEAST_DURATION} of measuring. It is never cut below what can be judged.
 *
 * @param engines whose stores answer
 * @param cells what is asked of each
 * @param forks how many JVMs for each cell of each engine; 0 to measure in one
 * @param fixtures which it needs
 */
public record RunDraft(
    List<EngineSpec> engines, List<AskedCell> cells, int forks, NeededFixtures fixtures) {
  /** Whatever is measured for less is mostly warming up. */
  public static final Duration LEAST_DURATION = Duration.ofSeconds(1);

  /** A JVM, the store's opening, keys and answers; a middling machine takes about so long. */
  private static final Duration START = Duration.ofSeconds(2);

  /** Of the grants, each: loaded into a fixture with its digest and census; put once; read once. */
  private static final long MAKE_NANOS = 8_000;

  private static final long LOAD_NANOS = 4_000;
  private static final long READ_NANOS = 1_000;

  /** A small sync, or a small store: sealed, copied or opened. */
  private static final long SEAL_NANOS = 10_000_000;

  /** Warm-up goes on while the rate rises; in the middle that takes half as long again. */
  private static final double WARM_UPS = 1.5;

  private static final int STEPS = 20;

  /** Copies the lists. */
  public RunDraft {
    engines = List.copyOf(engines);
    cells = List.copyOf(cells);
  }

  /**
   * The fixtures that a run needs, all of the same grants.
   *
   * @param first the engine whose fixture the others' are copies of
   * @param grants how many each holds
   * @param lines what is there and what has to be made, a line each
   * @param toMake how many fixtures have to be made first
   */
  public record NeededFixtures(EngineSpec first, long grants, List<String> lines, int toMake) {
    /** Copies the list. */
    public NeededFixtures {
      lines = List.copyOf(lines);
    }

    /**
     * {@return one that is there, and copies of it}
     *
     * @param cache has other engines' copies of it
     * @param engines whose stores answer
     * @param fixture holds the grants
     * @throws IOException if the cache cannot be read
     */
    public static NeededFixtures of(FixtureCache cache, List<EngineSpec> engines, Fixture fixture)
        throws IOException {
      Manifest manifest = fixture.manifest();
      EngineSpec first = EngineSpec.plain(manifest.engine().scheme());
      String state = String.format(Locale.ROOT, "is there: %s", fixture.path());
      List<String> line = List.of(line(first, manifest.grants(), state));
      return new NeededFixtures(first, manifest.grants(), line, 0)
          .copied(cache, engines, Optional.of(manifest));
    }

    /**
     * {@return one of generated grants, and copies of it}
     *
     * @param cache keeps them
     * @param engines whose stores answer
     * @param spec which grants
     * @throws IOException if the cache cannot be read
     */
    public static NeededFixtures synthetic(
        FixtureCache cache, List<EngineSpec> engines, FixtureSpec spec) throws IOException {
      // Without its options: whatever has some gets a copy, as do the other engines, and what has
      // none is not to find files that were made with some.
      EngineSpec first =
          engines.stream()
              .filter(EngineSpec::hasFiles)
              .findFirst()
              .map(engine -> EngineSpec.plain(engine.scheme()))
              .orElseGet(() -> EngineSpec.plain("rocksdb"));
      Optional<Manifest> found = cache.found(spec, first);
      String line = line(first, spec.grants(), "synthetic, " + state(found.isPresent()));
      return new NeededFixtures(first, spec.grants(), List.of(line), found.isPresent() ? 0 : 1)
          .copied(cache, engines, found);
    }

    private NeededFixtures copied(
        FixtureCache cache, List<EngineSpec> engines, Optional<Manifest> source)
        throws IOException {
      int made = toMake;
      List<String> all = new ArrayList<>(lines);
      for (EngineSpec engine : engines) {
        if (engine.hasFiles() && !engine.isPlain(first.scheme())) {
          boolean isThere = source.isPresent() && cache.hasCopy(source.get(), engine);
          made += isThere ? 0 : 1;
          all.add(
              String.format(Locale.ROOT, "%s: a copy of them, %s", engine.name(), state(isThere)));
        }
        if (engine.isElsewhere()) {
          all.add(
              String.format(
                  Locale.ROOT,
                  "%s: a copy of them, loaded there unless it is there",
                  engine.address("-...")));
        }
      }
      return new NeededFixtures(first, grants, all, made);
    }

    private static String line(EngineSpec engine, long grants, String state) {
      return String.format(Locale.ROOT, "%s: %,d grants, %s", engine.name(), grants, state);
    }

    private static String state(boolean isThere) {
      return isThere ? "in the cache" : "to be made";
    }
  }

  /** {@return about how long all of it takes} */
  public Duration total() {
    double nanos =
        (double) fixtures.toMake() * fixtures.grants() * MAKE_NANOS + engines.size() * look();
    for (AskedCell cell : cells) {
      nanos += (double) engines.size() * rounds() * nanos(cell);
    }
    return Duration.ofNanos(Math.round(nanos));
  }

  /** {@return how many measurements there are, each of a cell on an engine} */
  int measurements() {
    return rounds() * cells.size() * engines.size();
  }

  private int rounds() {
    return Math.max(1, forks);
  }

  /** Every row is compared, and what reads is asked again for a second, twice. */
  private double look() {
    return START.toNanos() + 2.0 * fixtures.grants() * READ_NANOS + 2e9 * cells.size();
  }

  private double nanos(AskedCell cell) {
    CellSettings settings = cell.settings();
    double asked = (double) settings.warmup().toNanos() * WARM_UPS + settings.duration().toNanos();
    double start = forks == 0 ? 0 : START.toNanos();
    return switch (cell.benchmark()) {
      case "G1" -> {
        double load = (double) fixtures.grants() * (LOAD_NANOS + READ_NANOS);
        yield start + Math.max((double) settings.duration().toNanos(), load) + load;
      }
      case "G5", "G5all", "G5batch" ->
          start + Math.max(asked, 3.0 * fixtures.grants() * READ_NANOS);
      case "G2+writes" -> start + asked + (double) fixtures.grants() * LOAD_NANOS;
      case "G6" -> start;
      case "G8" -> 5 * start + 30.0 * fixtures.grants() * LOAD_NANOS;
      case "G9" -> start + Math.max(asked, 10.0 * fixtures.grants() * LOAD_NANOS);
      case "G7", "G7skew", "G7x50", "G7x50skew", "G7base", "G7rebuild" ->
          start + Math.max(asked, 8.0 * fixtures.grants() * LOAD_NANOS);
      case "G7x500", "G7x500skew" ->
          start + Math.max(asked, 8.0 * fixtures.grants() * LOAD_NANOS) + 500.0 * SEAL_NANOS;
      case "G10", "G10x10", "G10x100" -> start + asked + 100.0 * SEAL_NANOS;
      case "G10x1000" -> start + asked + 1_000.0 * SEAL_NANOS;
      default -> start + asked;
    };
  }

  /**
   * {@return this, or less of it, so that it fits}
   *
   * @param budget how long it may take
   * @throws IllegalArgumentException if what is left could not be judged
   */
  public RunDraft within(Duration budget) {
    RunDraft fitted = this;
    while (fitted.total().compareTo(budget) > 0 && fitted.forks > Bootstrap.LEAST_VALUES) {
      fitted = new RunDraft(engines, cells, fitted.forks - 1, fixtures);
    }
    RunDraft rounds = fitted;
    for (int step = STEPS - 1; step > 0 && fitted.total().compareTo(budget) > 0; step--) {
      fitted = rounds.shortened((double) step / STEPS);
    }
    if (fitted.total().compareTo(budget) > 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "does not fit into %s: with %s, %s each, it takes about %s, and less could not be judged; ask for fewer benchmarks, threads or engines, or fewer grants",
              spoken(budget),
              fitted.forks == 0 ? "no forks" : fitted.forks + " forks a cell",
              spoken(fitted.longestDuration()),
              spoken(fitted.total())));
    }
    return fitted;
  }

  private Duration longestDuration() {
    return cells.stream()
        .map(cell -> cell.settings().duration())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private RunDraft shortened(double factor) {
    List<AskedCell> shorter =
        cells.stream()
            .map(cell -> new AskedCell(cell.benchmark(), shortened(cell.settings(), factor)))
            .toList();
    return new RunDraft(engines, shorter, forks, fixtures);
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

  /** {@return about how long it takes, in a line} */
  public String estimate() {
    String forked =
        forks == 0
            ? "no forks"
            : String.format(
                Locale.ROOT, "%s of each (%d in all)", count(forks, "fork"), measurements());
    String made =
        fixtures.toMake() == 0
            ? ""
            : String.format(
                Locale.ROOT, ", %s to be made first", count(fixtures.toMake(), "fixture"));
    return String.format(
        Locale.ROOT,
        "about %s: %s on %s, %s, %,d grants%s",
        spoken(total()),
        count(cells.size(), "cell"),
        count(engines.size(), "engine"),
        forked,
        fixtures.grants(),
        made);
  }

  private static String count(int number, String thing) {
    return number == 1 ? "1 " + thing : String.format(Locale.ROOT, "%d %ss", number, thing);
  }

  /** {@return all of it, ended by a line feed} */
  public String words() {
    StringBuilder out = new StringBuilder();
    out.append("fixture  ").append(String.join("\n         ", fixtures.lines())).append('\n');
    out.append("engines  ")
        .append(String.join(", ", engines.stream().map(EngineSpec::name).toList()))
        .append('\n');
    String start = "cells    ";
    for (AskedCell cell : cells) {
      String warmup = spoken(cell.settings().warmup());
      String duration = spoken(cell.settings().duration());
      out.append(start)
          .append(
              String.format(
                  Locale.ROOT, "%s: warm-up %s, measured %s", cell.question(), warmup, duration))
          .append('\n');
      start = "         ";
    }
    out.append("order    ")
        .append(
            forks == 0
                ? "one JVM for everything, one cell after the other"
                : String.format(
                    Locale.ROOT,
                    "a look at each engine, then %d rounds: in each a JVM for each cell of each engine, engines in turn forwards and backwards",
                    forks))
        .append('\n');
    return out.append("time     ").append(estimate()).append('\n').toString();
  }

  /** {@return a time as people say it: {@code 45 s}, {@code 12 min} or {@code 3.5 h}} */
  static String spoken(Duration time) {
    double seconds = time.toMillis() / 1e3;
    if (seconds < 120) {
      return seconds < 1
          ? String.format(Locale.ROOT, "%d ms", time.toMillis())
          : String.format(Locale.ROOT, "%d s", Math.round(seconds));
    }
    return seconds < 3 * 3600
        ? String.format(Locale.ROOT, "%d min", Math.round(seconds / 60))
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
