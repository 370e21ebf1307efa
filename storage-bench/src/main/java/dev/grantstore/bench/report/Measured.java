package dev.grantstore.bench.report;

import dev.grantstore.bench.compare.Change;
import dev.grantstore.bench.compare.Standing;
import dev.grantstore.bench.report.Style.Tone;
import dev.grantstore.bench.report.Table.Value;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.HarnessCost;
import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellResult.Resources;
import dev.grantstore.bench.result.CellResult.Steadiness.Verdict;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Estimate;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.CellSettings.Schedule;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.StageNotes;
import dev.grantstore.bench.statistics.Bootstrap;
import dev.grantstore.bench.statistics.Median;
import dev.grantstore.fixture.spec.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One cell, as far as it had one outcome. Figures are the middle of the forks that had it, and
 * unknown where one of these does not know.
 *
 * @param series the cell
 * @param outcome the outcome's name
 * @param standing how the engines stand in it
 * @param isHarness whether the engine does nothing, so that it is no store to choose
 * @param digest of the grants that it holds; empty where the run does not say
 * @param cells of the forks that had the outcome; none where the engine has no such outcome
 * @param outcomes the outcome in each of them
 */
record Measured(
    CellSeries series,
    String outcome,
    Standing standing,
    boolean isHarness,
    String digest,
    List<CellResult> cells,
    List<Outcome> outcomes) {

  static Measured of(RunResult result, CellSeries series, String outcome, Standing standing) {
    List<CellResult> cells = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>();
    for (Fork fork : series.forks()) {
      for (Outcome each : fork.cell().outcomes()) {
        if (each.name().equals(outcome)) {
          cells.add(fork.cell());
          outcomes.add(each);
        }
      }
    }
    String digest =
        result.engines().stream()
            .filter(engine -> engine.name().equals(series.engine()))
            .map(engine -> engine.fixture().digest())
            .findFirst()
            .orElse("");
    return new Measured(
        series,
        outcome,
        standing,
        Standing.isNull(result, series.engine()),
        digest,
        cells,
        outcomes);
  }

  String engine() {
    return series.engine();
  }

  /** {@return whether any fork had the outcome} */
  boolean isThere() {
    return !cells.isEmpty();
  }

  /** {@return whether it is a way down limits of memory, which has no time to speak of} */
  boolean isOfLimits() {
    return outcome.equals("all") && series.middle().isOfLimits();
  }

  /** {@return what the forks say of a figure together, if all of them have it} */
  Optional<Estimate> estimate(Metric metric) {
    return series.estimates().stream()
        .filter(e -> e.outcome().equals(outcome) && e.metric() == metric)
        .findFirst();
  }

  static boolean hasInterval(Estimate estimate) {
    return estimate.forks().size() >= Bootstrap.LEAST_VALUES;
  }

  /** {@return the figure, with its interval where there are enough forks for one} */
  Value value(Metric metric) {
    if (metric == Metric.SMALLEST_LIMIT_MIB) {
      return limit();
    }
    List<Double> known = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      metric.of(cells.get(i), outcomes.get(i)).ifPresent(known::add);
    }
    Value value = Value.of(Unit.of(metric), middle(known, cells.size()));
    return estimate(metric)
        .filter(Measured::hasInterval)
        .map(e -> value.between(e.low(), e.high()))
        .orElse(value);
  }

  /** {@return the least limit that passes; in words where in some forks none did} */
  private Value limit() {
    OptionalDouble tried =
        cells.stream()
            .map(cell -> cell.figures().get(CellResult.MORE_THAN))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .max();
    if (tried.isPresent()) {
      long none = forks(cell -> cell.figures().containsKey(CellResult.MORE_THAN));
      int all = series.forks().size();
      String words = String.format(Locale.ROOT, "> %.0f", tried.getAsDouble());
      return Value.words(
          none == all ? words : String.format(Locale.ROOT, "%s in %d/%d", words, none, all));
    }
    return estimate(Metric.SMALLEST_LIMIT_MIB)
        .map(
            e -> {
              Value value = Value.of(Unit.of(e.metric()), e.value());
              return hasInterval(e) ? value.between(e.low(), e.high()) : value;
            })
        .orElse(Value.NOTHING);
  }

  OptionalDouble ofOutcomes(Function<Outcome, @Nullable Number> figure) {
    return middle(outcomes.stream().map(figure), outcomes.size());
  }

  /** {@return a figure of whole cells: of all forks, whatever outcomes they had} */
  OptionalDouble ofCells(Function<CellResult, @Nullable Number> figure) {
    return middle(series.forks().stream().map(Fork::cell).map(figure), series.forks().size());
  }

  /** {@return a figure of this benchmark alone, the middle of the forks that know it} */
  OptionalDouble own(String name) {
    List<Double> known =
        series.forks().stream()
            .map(fork -> fork.cell().figures().get(name))
            .filter(Objects::nonNull)
            .toList();
    return middle(known, known.size());
  }

  /** {@return a figure of whole cells; below 0 it is not known} */
  OptionalDouble used(Function<Resources, Number> figure) {
    OptionalDouble middle = ofCells(cell -> figure.apply(cell.resources()));
    return middle.orElse(-1) < 0 ? OptionalDouble.empty() : middle;
  }

  /** {@return a figure of open loops} */
  OptionalDouble scheduled(Function<Schedule, Number> figure) {
    return ofCells(
        cell -> {
          Schedule schedule = cell.schedule();
          return schedule == null ? null : figure.apply(schedule);
        });
  }

  OptionalDouble service(Function<Latency, @Nullable Long> percentile) {
    return ofOutcomes(each -> percentile.apply(each.latency()));
  }

  /** {@return a figure of response times, which closed loops have none of} */
  OptionalDouble response(Function<Latency, @Nullable Long> percentile) {
    return ofOutcomes(
        each -> {
          Latency response = each.response();
          return response == null ? null : percentile.apply(response);
        });
  }

  private static OptionalDouble middle(Stream<? extends @Nullable Number> figures, int forks) {
    return middle(figures.filter(Objects::nonNull).map(Number::doubleValue).toList(), forks);
  }

  private static OptionalDouble middle(List<Double> known, int forks) {
    return known.isEmpty() || known.size() < forks
        ? OptionalDouble.empty()
        : OptionalDouble.of(Median.of(known.stream().mapToDouble(d -> d).toArray()));
  }

  /** {@return the time that says which unit suits the others} */
  double typicalNanos() {
    return ofOutcomes(each -> each.latency().p50Nanos())
        .orElse(ofOutcomes(Outcome::nanosPerOp).orElse(0));
  }

  /** {@return whether the answers are lists of which there is a distribution to look at} */
  boolean isOfLists() {
    return outcomes.stream().anyMatch(o -> o.lengths().max() > 1 && o.rows() > 0)
        && ofOutcomes(each -> each.latency().p50Nanos()).isPresent();
  }

  /** {@return whether some answers are longer than most} */
  boolean isOfUnlikeLists() {
    return outcomes.stream().anyMatch(each -> each.lengths().max() > each.lengths().p50());
  }

  boolean isOpenLoop() {
    return series.forks().stream().allMatch(fork -> fork.cell().schedule() != null);
  }

  /** {@return in how many forks something holds; forks without the outcome count as well} */
  long forks(Predicate<CellResult> holds) {
    return series.forks().stream().map(Fork::cell).filter(holds).count();
  }

  /** {@return whether the rate rose, fell or jumped} */
  static boolean isUnsteady(CellResult cell) {
    return switch (cell.rate().steadiness().verdict()) {
      case DRIFTING, UNEVEN -> true;
      case STEADY, TOO_SHORT -> false;
    };
  }

  /** {@return whether the store could not keep up with the rate of an open loop} */
  static boolean isMissed(CellResult cell) {
    Schedule schedule = cell.schedule();
    return schedule != null && schedule.isMissed();
  }

  /** {@return what the harness takes of the time, in percent} */
  double harnessPercent() {
    return ofCells(cell -> cell.harness().sharePercent()).orElse(0);
  }

  boolean isHarnessDear() {
    return harnessPercent() > HarnessCost.LIMIT_PERCENT;
  }

  /** {@return how steady the forks were, in a few words} */
  String steadiness() {
    Map<Verdict, Integer> verdicts = new TreeMap<>();
    for (Fork fork : series.forks()) {
      verdicts.merge(fork.cell().rate().steadiness().verdict(), 1, Integer::sum);
    }
    if (verdicts.size() == 1) {
      return verdicts.keySet().iterator().next().words();
    }
    List<String> parts = new ArrayList<>();
    verdicts.forEach(
        (verdict, forks) -> parts.add(String.format(Locale.ROOT, "%d %s", forks, verdict.words())));
    return String.join(", ", parts);
  }

  /** {@return whether the figures can be used, in words, the most important first} */
  Value rate() {
    List<String> words = new ArrayList<>();
    addIf(CellResult::interrupted, "interrupted", words);
    addIf(Measured::isMissed, "behind schedule", words);
    addIf(Measured::isUnsteady, "not steady", words);
    boolean isDoubtful = !words.isEmpty() || isHarnessDear();
    boolean cold = series.settings().isCold();
    addDeaths(words);
    if (cold) {
      words.add(Temperature.COLD.word());
    } else {
      addIf(
          cell -> cell.rate().steadiness().verdict() == Verdict.TOO_SHORT,
          Verdict.TOO_SHORT.words(),
          words);
    }
    if (words.isEmpty()) {
      words.add(Verdict.STEADY.words());
    }
    if (isHarnessDear()) {
      words.add(String.format(Locale.ROOT, "harness %s %%", Units.column(harnessPercent())));
    }
    if (cold) {
      words.add(
          forks(cell -> cell.resources().diskReadBytes() < 0) == 0
              ? String.format(
                  Locale.ROOT,
                  "read %s from disk",
                  Quantity.formatBytes(Math.round(used(Resources::diskReadBytes).orElse(0))))
              : "disk reads unknown");
    }
    return Value.words(String.join(", ", words)).toned(isDoubtful ? Tone.DOUBTFUL : Tone.NEUTRAL);
  }

  /** With how much memory JVMs died, where that was to be found out: it is a result. */
  private void addDeaths(List<String> words) {
    series.forks().stream()
        .map(fork -> fork.cell().notes().get(StageNotes.DIED_AT))
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .forEach(
            limit ->
                addIf(
                    cell -> limit.equals(cell.notes().get(StageNotes.DIED_AT)),
                    StageNotes.DIED_AT + " " + limit,
                    words));
  }

  private void addIf(Predicate<CellResult> holds, String word, List<String> words) {
    long forks = forks(holds);
    int all = series.forks().size();
    if (forks > 0) {
      words.add(forks == all ? word : String.format(Locale.ROOT, "%s %d/%d", word, forks, all));
    }
  }

  /**
   * {@return how many times as long as the fastest it takes, or as much memory as the one that
   * needs least, a tilde before what is not claimed}
   */
  Value againstFastest() {
    if (standing.isTied(engine())) {
      return Value.words("tie");
    }
    if (standing.isFirst(engine())) {
      String best = isOfLimits() ? "least" : "fastest";
      return standing.isFastest(engine())
          ? Value.words(best).toned(Tone.GOOD)
          : Value.words("~" + best);
    }
    return standing
        .lead(engine())
        .map(
            change ->
                (change.certainty() == Change.Certainty.SURE ? "" : "~")
                    + Units.ratio(change.ratio().ratio()))
        .map(Value::words)
        .orElse(Value.NOTHING);
  }
}
