package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellResult.Resources;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSettings.Schedule;
import dev.grantstore.bench.result.Metric;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Every figure of one outcome of a question, a column for each engine. */
final class FigureTable {
  private final List<CellSeries> engines;
  private final String outcome;
  private final Table table;

  private FigureTable(Question question, String outcome, Marks marks) {
    this.engines = question.engines();
    this.outcome = outcome;
    this.table =
        Table.byEngine(
            question.title(outcome) + ": every figure",
            "median of the forks (95 % interval)",
            engines.stream().map(CellSeries::engine).toList(),
            marks);
  }

  static Table of(Question question, String outcome, Marks marks) {
    FigureTable rows = new FigureTable(question, outcome, marks);
    rows.measured();
    rows.estimates();
    rows.latency("service time, middle fork", Outcome::latency);
    rows.latency("response time, middle fork", Outcome::response);
    rows.schedule();
    rows.resources();
    rows.ownFigures();
    return rows.table;
  }

  private void measured() {
    table.row("forks", each(series -> Units.count(series.forks().size(), "fork")));
    outcomes("operations, all forks", Outcome::ops, "operation");
    outcomes("rows, all forks", Outcome::rows, "row");
    middle("rows in an answer, mean", this::rowsPerOp);
    table.row("rate", each(RateChart::state));
    middle("warm-up, left out", cell -> Units.nanos(cell.warmup().seconds() * 1e9));
    middle("keys asked for", FigureTable::keys);
  }

  private void outcomes(String name, ToLongFunction<Outcome> count, String thing) {
    table.rowIfAny(
        name,
        each(
            series -> {
              long sum =
                  series.forks().stream()
                      .flatMap(fork -> fork.cell().outcomes().stream())
                      .filter(each -> each.name().equals(outcome))
                      .mapToLong(count)
                      .sum();
              return sum == 0 ? Units.NOTHING : Units.count(sum, thing);
            }));
  }

  private void estimates() {
    for (Metric metric : Metric.values()) {
      table.rowIfAny(
          name(metric),
          each(
              series ->
                  Figure.of(series, outcome, metric)
                      .map(figure -> words(metric, figure))
                      .orElse(Units.NOTHING)));
    }
  }

  private static String words(Metric metric, Figure figure) {
    String value = words(metric, figure.value());
    return figure.hasInterval()
        ? String.format(
            Locale.ROOT,
            "%s\n(%s to %s)",
            value,
            words(metric, figure.low()),
            words(metric, figure.high()))
        : value;
  }

  private static String name(Metric metric) {
    return switch (metric) {
      case OPS_PER_SECOND -> "operations per second, all threads";
      case ROWS_PER_SECOND -> "rows per second, all threads";
      case NANOS_PER_OP -> "mean service time";
      case P50_NANOS -> "service time, 50\u00a0%";
      case P95_NANOS -> "service time, 95\u00a0%";
      case P99_NANOS -> "service time, 99\u00a0%";
      case P999_NANOS -> "service time, 99.9\u00a0%";
      case RESPONSE_P50_NANOS -> "response time, 50\u00a0%";
      case RESPONSE_P95_NANOS -> "response time, 95\u00a0%";
      case RESPONSE_P99_NANOS -> "response time, 99\u00a0%";
      case CPU_NANOS_PER_OP -> "CPU time per operation, asking threads";
      case ALLOCATED_BYTES_PER_OP -> "Java heap allocated per operation";
      case PEAK_RSS_BYTES -> "peak resident memory, native included";
    };
  }

  private static String words(Metric metric, double value) {
    return switch (metric) {
      case OPS_PER_SECOND -> Units.perSecond(value, "ops");
      case ROWS_PER_SECOND -> Units.perSecond(value, "rows");
      case NANOS_PER_OP,
          P50_NANOS,
          P95_NANOS,
          P99_NANOS,
          P999_NANOS,
          RESPONSE_P50_NANOS,
          RESPONSE_P95_NANOS,
          RESPONSE_P99_NANOS,
          CPU_NANOS_PER_OP ->
          Units.nanos(value);
      case ALLOCATED_BYTES_PER_OP, PEAK_RSS_BYTES -> Units.bytes(value);
    };
  }

  private void latency(String name, Function<Outcome, @Nullable Latency> which) {
    percentile(name + ", 50\u00a0%", which, Latency::p50Nanos);
    percentile(name + ", 90\u00a0%", which, Latency::p90Nanos);
    percentile(name + ", 95\u00a0%", which, Latency::p95Nanos);
    percentile(name + ", 99\u00a0%", which, Latency::p99Nanos);
    percentile(name + ", 99.9\u00a0%", which, Latency::p999Nanos);
    percentile(name + ", 99.99\u00a0%", which, Latency::p9999Nanos);
    percentile(name + ", longest", which, Latency::maxNanos);
  }

  private void percentile(
      String name,
      Function<Outcome, @Nullable Latency> which,
      Function<Latency, @Nullable Long> percentile) {
    table.rowIfAny(
        name,
        each(
            series ->
                series.middle().outcomes().stream()
                    .filter(each -> each.name().equals(outcome))
                    .map(which)
                    .filter(latency -> latency != null)
                    .map(latency -> Units.nanos(percentile.apply(latency)))
                    .findFirst()
                    .orElse(Units.NOTHING)));
  }

  private void schedule() {
    scheduled("operations due", (cell, plan) -> Units.count(plan.scheduled(), "operation"));
    scheduled("begun late", (cell, plan) -> Units.count(plan.late(), "operation"));
    scheduled(
        "latest start after its time", (cell, plan) -> Units.nanos((double) plan.mostLateNanos()));
    scheduled("due and not begun", (cell, plan) -> Units.count(plan.notBegun(), "operation"));
  }

  private void scheduled(String name, BiFunction<CellResult, Schedule, String> words) {
    middle(
        name,
        cell -> {
          Schedule schedule = cell.schedule();
          return schedule == null ? Units.NOTHING : words.apply(cell, schedule);
        });
  }

  private void resources() {
    used("CPU time per operation, whole process", used -> Units.nanos(used.processCpuNanosPerOp()));
    used(
        "garbage collections",
        used ->
            Units.count(used.gcCount())
                + (used.gcCount() == 0 ? "" : " in " + Units.nanos(used.gcMillis() * 1e6)));
    used("read from the device", used -> known(used.diskReadBytes()));
    used("written to the device", used -> known(used.diskWriteBytes()));
    used(
        "cores that others kept busy",
        used ->
            used.otherCpuCores() < 0
                ? Units.NOTHING
                : Units.oneDecimal(used.otherCpuCores()) + " cores");
    middle(
        "of which the harness takes",
        cell ->
            cell.interrupted()
                ? Units.NOTHING
                : String.format(
                    Locale.ROOT,
                    "%s (%s per operation)",
                    Units.percent(cell.harness().sharePercent()),
                    Units.nanos(cell.harness().nanosPerOp())));
  }

  private static String known(long bytes) {
    return bytes < 0 ? Units.NOTHING : Units.bytes(bytes);
  }

  private void used(String name, Function<Resources, String> words) {
    middle(name, cell -> words.apply(cell.resources()));
  }

  /** Figures and notes of this benchmark alone have their units in their names. */
  private void ownFigures() {
    TreeSet<String> figures = new TreeSet<>();
    TreeSet<String> notes = new TreeSet<>();
    for (CellSeries series : engines) {
      figures.addAll(series.middle().figures().keySet());
      notes.addAll(series.middle().notes().keySet());
    }
    for (String name : figures) {
      middle(
          name,
          cell -> {
            Double value = cell.figures().get(name);
            return value == null ? Units.NOTHING : Units.digits(value);
          });
    }
    for (String name : notes) {
      middle(name, cell -> cell.notes().getOrDefault(name, Units.NOTHING));
    }
  }

  private String rowsPerOp(CellResult cell) {
    return cell.outcomes().stream()
        .filter(each -> each.name().equals(outcome) && each.rows() > 0)
        .findFirst()
        .map(each -> Units.oneDecimal(each.rowsPerOp()) + " rows")
        .orElse(Units.NOTHING);
  }

  private static String keys(CellResult cell) {
    if (cell.keys().asked() == 0) {
      return Units.NOTHING;
    }
    String misses =
        cell.keys().missesAsked() == 0
            ? ""
            : String.format(
                Locale.ROOT, ", and %s without an answer", Units.count(cell.keys().missesAsked()));
    return String.format(
        Locale.ROOT,
        "%s of %s%s",
        Units.count(cell.keys().asked()),
        Units.count(cell.keys().present()),
        misses);
  }

  private void middle(String name, Function<CellResult, String> words) {
    table.rowIfAny(name, each(series -> words.apply(series.middle())));
  }

  private List<String> each(Function<CellSeries, String> words) {
    return engines.stream().map(words).toList();
  }
}
