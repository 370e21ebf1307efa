package dev.grantstore.bench.report;

import dev.grantstore.bench.compare.Standing;
import dev.grantstore.bench.report.Table.Row;
import dev.grantstore.bench.report.Table.Value;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Estimate;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.StageNotes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * One outcome of a benchmark with its settings: the cells of all engines beside each other.
 *
 * @param number of the benchmark in the run, from 1; outcomes of one have the same
 * @param isFirst whether it is the first outcome, which figures of the whole cell stand with
 * @param engines what each engine did, in the run's order; at least one
 * @param drawn by which figure they are drawn: the same for all
 */
record Benchmark(int number, boolean isFirst, List<Measured> engines, Metric drawn) {

  /**
   * A cell with the figure that it is drawn by.
   *
   * @param measured the cell
   * @param figure over 0 in every fork
   */
  record Bar(Measured measured, Estimate figure) {
    String engine() {
      return measured.engine();
    }

    double highest() {
      return figure.forks().stream().mapToDouble(fork -> fork).reduce(figure.high(), Math::max);
    }
  }

  /** {@return the outcomes of a run's benchmarks, in its order} */
  static List<Benchmark> of(RunResult result) {
    List<Standing> standings = Standing.of(result);
    List<Benchmark> all = new ArrayList<>();
    int number = 0;
    for (List<CellSeries> cells : result.questions().values()) {
      number++;
      boolean isFirst = true;
      for (String outcome : outcomes(cells)) {
        Standing standing = Standing.in(standings, cells.get(0).question(), outcome);
        List<Measured> engines =
            cells.stream().map(cell -> Measured.of(result, cell, outcome, standing)).toList();
        all.add(new Benchmark(number, isFirst, engines, drawn(engines)));
        isFirst = false;
      }
    }
    return all;
  }

  private static Set<String> outcomes(List<CellSeries> cells) {
    Set<String> outcomes = new LinkedHashSet<>();
    cells.forEach(series -> outcomes.addAll(series.outcomes()));
    return outcomes;
  }

  /** {@return the benchmark's name with its settings, as {@link CellSeries#question}} */
  String cell() {
    return first().series().question();
  }

  /** {@return {@code all}, {@code hit} or {@code miss}} */
  String outcome() {
    return first().outcome();
  }

  /** {@return what is said of the engines} */
  Standing standing() {
    return first().standing();
  }

  private Measured first() {
    return engines.get(0);
  }

  /** {@return the stores that are drawn, in the order in which they stand} */
  List<Bar> stores() {
    List<String> order = standing().engines();
    // Those that do not stand anywhere come last.
    return bars(false).stream()
        .sorted(
            Comparator.comparingInt(
                bar -> Math.floorMod(order.indexOf(bar.engine()), order.size() + 1)))
        .toList();
  }

  /** {@return the engine that does nothing, where it was measured too} */
  List<Bar> harness() {
    return bars(true);
  }

  private List<Bar> bars(boolean ofHarness) {
    List<Bar> bars = new ArrayList<>();
    for (Measured measured : engines) {
      measured
          .estimate(drawn)
          .filter(figure -> measured.isHarness() == ofHarness)
          .filter(figure -> figure.forks().stream().allMatch(fork -> fork > 0))
          .ifPresent(figure -> bars.add(new Bar(measured, figure)));
    }
    return bars;
  }

  /** {@return whether all stores hold the same grants} */
  boolean holdsSameGrants() {
    return stores().stream().map(bar -> bar.measured().digest()).distinct().count() <= 1;
  }

  /** {@return the best one that every engine has: of open loops, whose rate is given, response} */
  private static Metric drawn(List<Measured> engines) {
    if (engines.stream().anyMatch(Measured::isOfLimits)) {
      return Metric.SMALLEST_LIMIT_MIB;
    }
    boolean open = engines.stream().allMatch(m -> m.series().settings().isOpenLoop());
    boolean rows = engines.stream().allMatch(m -> m.series().middle().rate().unit().equals("rows"));
    if (open && haveAll(engines, Metric.RESPONSE_P99_NANOS)) {
      return Metric.RESPONSE_P99_NANOS;
    }
    return rows && haveAll(engines, Metric.ROWS_PER_SECOND)
        ? Metric.ROWS_PER_SECOND
        : Metric.OPS_PER_SECOND;
  }

  private static boolean haveAll(List<Measured> engines, Metric metric) {
    return engines.stream()
        .filter(Measured::isThere)
        .allMatch(measured -> measured.estimate(metric).isPresent());
  }

  /** {@return what the drawn figure is called} */
  String drawnTitle() {
    return switch (drawn) {
      case SMALLEST_LIMIT_MIB -> "least limit of memory that passes";
      case ROWS_PER_SECOND -> "rows per second";
      case RESPONSE_P99_NANOS -> "response time that 99\u00a0% do not exceed";
      default -> "operations per second";
    };
  }

  /** {@return a value of the drawn figure, with its unit} */
  String drawn(double value) {
    return Unit.of(drawn).words(value);
  }

  /** {@return a drawn figure in words, with how far it is to be trusted} */
  String drawn(Estimate figure) {
    String interval =
        Measured.hasInterval(figure)
            ? String.format(
                Locale.ROOT, "95 %% interval %s to %s", drawn(figure.low()), drawn(figure.high()))
            : "too few forks to say how far it scatters";
    return String.format(
        Locale.ROOT,
        "%s (%s; n = %s)",
        drawn(figure.value()),
        interval,
        Units.count(figure.forks().size(), "fork"));
  }

  CellSettings settings() {
    return first().series().settings();
  }

  /** {@return the benchmark's short name} */
  String code() {
    return first().series().benchmark();
  }

  /** {@return its name with its settings, and the outcome where hits and misses are apart} */
  String name() {
    return outcome().equals("all") ? cell() : cell() + " " + outcome();
  }

  /** {@return what it does, without settings and outcome} */
  String workTitle() {
    return first().series().title();
  }

  /** {@return what it does, without its settings, with the outcome} */
  String plainTitle() {
    return workTitle() + suffix();
  }

  /** {@return what it does, and which of its settings are not as usual, with the outcome} */
  String title() {
    return cellTitle() + suffix();
  }

  private String suffix() {
    return outcome().equals("all") ? "" : String.format(Locale.ROOT, " (%s)", outcome());
  }

  /** {@return the same of all outcomes} */
  String cellTitle() {
    CellSettings settings = settings();
    List<String> parts = new ArrayList<>();
    parts.add(workTitle());
    if (settings.threads() > 1) {
      parts.add(Units.count(settings.threads(), "thread"));
    }
    if (settings.temperature() != Temperature.WARM) {
      parts.add(settings.temperature().word());
    }
    if (settings.distribution() != KeyDistribution.UNIFORM) {
      parts.add(settings.distribution().word());
    }
    if (settings.isOpenLoop()) {
      parts.add("at " + Units.perSecond(settings.ratePerSecond(), "ops"));
    }
    return String.join(", ", parts);
  }

  /** {@return how it was measured, in a few words each} */
  List<String> conditions() {
    CellSettings settings = settings();
    if (!how().isEmpty()) {
      return List.of(Units.count(settings.threads(), "thread"), settings.temperature().word());
    }
    return List.of(
        Units.count(settings.threads(), "thread"),
        settings.temperature().word(),
        settings.distribution().word() + " keys",
        settings.isOpenLoop()
            ? "open loop, " + Units.perSecond(settings.ratePerSecond(), "ops")
            : "closed loop");
  }

  /** {@return what of each answer is looked at; empty of what is written, or not known} */
  String lookedAt() {
    return note(CellResult.LOOKS_AT);
  }

  /** {@return how operations in stages are measured, in words; empty of others} */
  String how() {
    return note(StageNotes.HOW);
  }

  /** {@return whether its operations go through stages, which have a table of their own} */
  boolean isStaged() {
    return !how().isEmpty();
  }

  /** {@return whether it looks for the smallest limit of memory} */
  boolean isOfLimits() {
    return engines.stream().anyMatch(Measured::isOfLimits);
  }

  private String note(String name) {
    return engines.stream()
        .map(measured -> measured.series().middle().notes().get(name))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  /** {@return some figures of all engines; those of the whole cell stand with the first outcome} */
  Table table(String title, List<Figure> figures, Unit.Scale scale) {
    List<Row> rows = new ArrayList<>();
    for (Figure figure : figures) {
      boolean isElsewhere = figure.isOfCell() && !isFirst;
      List<Value> values =
          engines.stream().map(m -> isElsewhere ? Value.NOTHING : figure.of(m)).toList();
      rows.add(Row.of(figure.title(), figure.head(scale), values));
    }
    List<String> names = engines.stream().map(Measured::engine).toList();
    return new Table(title, "median of the forks (95 % interval)", names, true, rows);
  }

  /** {@return figures and notes of this benchmark alone, which have their units in their names} */
  Table ownFacts() {
    TreeSet<String> figures = new TreeSet<>();
    TreeSet<String> notes = new TreeSet<>();
    for (Measured measured : engines) {
      figures.addAll(measured.series().middle().figures().keySet());
      notes.addAll(measured.series().middle().notes().keySet());
    }
    List<Row> rows = new ArrayList<>();
    for (String name : figures) {
      List<Value> values = new ArrayList<>();
      for (Measured measured : engines) {
        values.add(Value.of(Unit.NONE, measured.own(name)));
      }
      rows.add(Row.of(name, "", values));
    }
    for (String name : notes) {
      rows.add(
          Row.fact(
              name,
              engines.stream()
                  .map(measured -> measured.series().middle().notes().getOrDefault(name, ""))
                  .toList()));
    }
    return Table.ofEngines(cell(), engines.stream().map(Measured::engine).toList(), rows);
  }
}
