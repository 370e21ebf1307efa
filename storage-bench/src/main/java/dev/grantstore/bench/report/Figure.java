package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Style.Tone;
import dev.grantstore.bench.report.Table.Value;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellResult.Resources;
import dev.grantstore.bench.result.CellSettings.Schedule;
import dev.grantstore.bench.result.Metric;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Every figure of a cell, once: its names, its unit, and where it comes from. Tables of text are of
 * some of them; the page has all, in this order: those of the whole cell, where outcomes are not
 * apart, come last.
 */
enum Figure {
  FORKS("n", "forks", Unit.FORKS, m -> number(m.outcomes().size())),
  OPERATIONS("ops", "operations, all forks", Unit.OPERATIONS, m -> sum(m, Outcome::ops)),
  ROWS("", "rows, all forks", Unit.ROWS, m -> sum(m, Outcome::rows)),
  ROWS_PER_OP("rows/op", "rows in an answer, mean", Unit.ROWS, m -> rowsPerOp(m)),
  LENGTH_P50(
      "rows p50", "rows in an answer, 50\u00a0%", Unit.ROWS, lengths(o -> o.lengths().p50())),
  LENGTH_P90(
      "rows p90", "rows in an answer, 90\u00a0%", Unit.ROWS, lengths(o -> o.lengths().p90())),
  LENGTH_P99(
      "rows p99", "rows in an answer, 99\u00a0%", Unit.ROWS, lengths(o -> o.lengths().p99())),
  LENGTH_MAX("rows max", "rows in an answer, the longest", Unit.ROWS, m -> mostRows(m)),
  RATE("rate", "rate", Measured::rate),
  WARM_UP("", "warm-up, left out", Unit.NANOS, m -> m.ofCells(c -> c.warmup().seconds() * 1e9)),
  KEYS("", "keys asked for", m -> keys(m.series().middle().keys())),
  OPS_PER_SECOND("ops/s", "operations per second, all threads", Metric.OPS_PER_SECOND),
  /** The page has it beside the figure. */
  INTERVAL("95 % interval", "", Figure::interval),
  LEAST_LIMIT("least MiB", "least limit that passes", Metric.SMALLEST_LIMIT_MIB),
  /** On the page it is a table of its own. */
  AGAINST_FASTEST("vs fastest", "", Measured::againstFastest),
  ROWS_PER_SECOND("rows/s", "rows per second, all threads", Metric.ROWS_PER_SECOND),
  MEAN("mean", "mean service time", Metric.NANOS_PER_OP),
  NANOS_PER_ROW("ns/row", "mean service time of a row", Unit.NANOS, m -> perRow(m)),
  P50("p50", "service time, 50\u00a0%", Metric.P50_NANOS),
  P90("p90", "service time, 90\u00a0%", Unit.TIME, m -> m.service(Latency::p90Nanos)),
  P95("p95", "service time, 95\u00a0%", Metric.P95_NANOS),
  P99("p99", "service time, 99\u00a0%", Metric.P99_NANOS),
  P999("p99.9", "service time, 99.9\u00a0%", Metric.P999_NANOS),
  P9999("p99.99", "service time, 99.99\u00a0%", Unit.TIME, m -> m.service(Latency::p9999Nanos)),
  LONGEST("max", "service time, longest of all forks", Unit.TIME, m -> longest(m)),
  RESPONSE_P50("response p50", "response time, 50\u00a0%", Metric.RESPONSE_P50_NANOS),
  RESPONSE_P90("", "response time, 90\u00a0%", Unit.TIME, m -> m.response(Latency::p90Nanos)),
  RESPONSE_P95("response p95", "response time, 95\u00a0%", Metric.RESPONSE_P95_NANOS),
  RESPONSE_P99("response p99", "response time, 99\u00a0%", Metric.RESPONSE_P99_NANOS),
  RESPONSE_P999(
      "response p99.9",
      "response time, 99.9\u00a0%",
      Unit.TIME,
      m -> m.response(Latency::p999Nanos)),
  RESPONSE_P9999(
      "", "response time, 99.99\u00a0%", Unit.TIME, m -> m.response(Latency::p9999Nanos)),
  RESPONSE_LONGEST("", "response time, longest of all forks", Unit.TIME, m -> longestResponse(m)),
  DUE("", "operations due", Unit.OPERATIONS, m -> m.scheduled(Schedule::scheduled)),
  DUE_PER_SECOND(
      "due ops/s",
      "operations due per second",
      Unit.OPS_PER_SECOND,
      m -> m.scheduled(Schedule::ratePerSecond)),
  LATE("", "begun late", Unit.OPERATIONS, m -> m.scheduled(Schedule::late)),
  LATE_PERCENT(
      "begun late %",
      "begun late, share", Unit.PERCENT, m -> m.scheduled(s -> share(s.late(), s.scheduled()))),
  LATEST(
      "latest ms",
      "latest start after its time",
      Unit.MILLIS,
      m -> m.scheduled(Schedule::mostLateNanos)),
  NOT_BEGUN("", "due and not begun", Unit.OPERATIONS, m -> m.scheduled(Schedule::notBegun)),
  NOT_BEGUN_PERCENT(
      "never begun %",
      "due and not begun, share",
      Unit.PERCENT,
      m -> m.scheduled(s -> share(s.notBegun(), s.scheduled()))),
  SCHEDULE("schedule", "schedule", Figure::schedule),
  ALLOCATED("alloc B/op", "Java heap allocated per operation", Metric.ALLOCATED_BYTES_PER_OP),
  CPU("CPU µs/op", "CPU time per operation, asking threads", Metric.CPU_NANOS_PER_OP),
  PROCESS_CPU(
      "process CPU µs/op",
      "CPU time per operation, whole process",
      Unit.MICROS,
      m -> m.used(Resources::processCpuNanosPerOp)),
  COLLECTIONS("GCs", "garbage collections", Unit.COLLECTIONS, m -> m.used(Resources::gcCount)),
  COLLECTING(
      "GC ms", "time in garbage collections", Unit.MILLIS, m -> m.used(r -> r.gcMillis() * 1e6)),
  PEAK_RSS("RSS MiB", "peak resident memory, native included", Metric.PEAK_RSS_BYTES),
  READ("read MiB", "read from the device", Unit.MEBIBYTES, m -> m.used(Resources::diskReadBytes)),
  WRITTEN(
      "written MiB",
      "written to the device",
      Unit.MEBIBYTES,
      m -> m.used(Resources::diskWriteBytes)),
  OTHERS(
      "others' cores",
      "cores that others kept busy",
      Unit.CORES,
      m -> m.used(Resources::otherCpuCores)),
  HARNESS("harness %", "of which the harness takes", Figure::harness),
  HARNESS_PER_OP(
      "",
      "what the harness takes per operation",
      Unit.NANOS,
      m -> isCutShort(m) ? OptionalDouble.empty() : m.ofCells(c -> c.harness().nanosPerOp()));

  /** What most people ask for first. */
  static final List<Figure> SUMMARY =
      List.of(
          OPS_PER_SECOND,
          LEAST_LIMIT,
          FORKS,
          AGAINST_FASTEST,
          ROWS_PER_SECOND,
          NANOS_PER_ROW,
          P50,
          P95,
          P99,
          P999,
          ALLOCATED,
          RATE);

  static final List<Figure> MAIN =
      List.of(
          OPS_PER_SECOND,
          INTERVAL,
          LEAST_LIMIT,
          FORKS,
          AGAINST_FASTEST,
          MEAN,
          P99,
          ROWS_PER_SECOND,
          NANOS_PER_ROW,
          RATE);

  static final List<Figure> SERVICE_TIME =
      List.of(FORKS, OPERATIONS, MEAN, P50, P90, P95, P99, P999, P9999, LONGEST);

  static final List<Figure> OPEN_LOOP =
      List.of(P50, RESPONSE_P50, P95, RESPONSE_P95, P99, RESPONSE_P99, P999, RESPONSE_P999);

  static final List<Figure> SCHEDULE_KEPT =
      List.of(DUE_PER_SECOND, LATE_PERCENT, LATEST, NOT_BEGUN_PERCENT, SCHEDULE);

  /** On the page they stand in sight, where some answers are longer than most. */
  static final List<Figure> LENGTHS =
      List.of(ROWS_PER_OP, LENGTH_P50, LENGTH_P90, LENGTH_P99, LENGTH_MAX);

  static final List<Figure> RESOURCES =
      List.of(
          ALLOCATED,
          CPU,
          PROCESS_CPU,
          COLLECTIONS,
          COLLECTING,
          PEAK_RSS,
          READ,
          WRITTEN,
          OTHERS,
          HARNESS);

  /** The only ones that a way down limits of memory has. */
  private static final Set<Figure> OF_LIMITS =
      EnumSet.of(FORKS, RATE, LEAST_LIMIT, AGAINST_FASTEST);

  private final String head;
  private final String title;
  private final Unit unit;

  @SuppressWarnings("ImmutableEnumChecker") // holds nothing that changes
  private final Function<Measured, Value> value;

  Figure(String head, String title, Function<Measured, Value> value, Unit unit) {
    this.head = head;
    this.title = title;
    this.unit = unit;
    this.value = value;
  }

  Figure(String head, String title, Function<Measured, Value> value) {
    this(head, title, value, Unit.NONE);
  }

  Figure(String head, String title, Metric metric) {
    this(head, title, m -> m.value(metric), Unit.of(metric));
  }

  Figure(String head, String title, Unit unit, Function<Measured, OptionalDouble> number) {
    this(head, title, m -> Value.of(unit, number.apply(m)), unit);
  }

  /** {@return its name where there is room for one; empty where the page has it elsewhere} */
  String title() {
    return title;
  }

  /** {@return the head of its column, times in the unit of the table} */
  String head(Unit.Scale scale) {
    return unit == Unit.TIME && !head.isEmpty() ? head + " " + scale.unit() : head;
  }

  /**
   * {@return whether it is of all outcomes of a cell together, which it stands with the first of}
   */
  boolean isOfCell() {
    return compareTo(DUE) >= 0;
  }

  Value of(Measured measured) {
    if (measured.isOfLimits() && !OF_LIMITS.contains(this)) {
      return Value.NOTHING;
    }
    return measured.isThere() || isOfCell() ? value.apply(measured) : Value.NOTHING;
  }

  private static OptionalDouble number(double value) {
    return OptionalDouble.of(value);
  }

  private static OptionalDouble positive(OptionalDouble value) {
    return value.orElse(0) > 0 ? value : OptionalDouble.empty();
  }

  private static OptionalDouble sum(Measured m, ToLongFunction<Outcome> count) {
    return positive(number((double) m.outcomes().stream().mapToLong(count).sum()));
  }

  private static Function<Measured, OptionalDouble> lengths(
      Function<Outcome, @Nullable Number> length) {
    return m -> sum(m, Outcome::rows).isPresent() ? m.ofOutcomes(length) : OptionalDouble.empty();
  }

  private static OptionalDouble perRow(Measured m) {
    return positive(m.ofOutcomes(Outcome::nanosPerRow));
  }

  private static OptionalDouble rowsPerOp(Measured m) {
    return positive(m.ofOutcomes(Outcome::rowsPerOp));
  }

  private static OptionalDouble mostRows(Measured m) {
    return positive(m.outcomes().stream().mapToDouble(o -> o.lengths().max()).max());
  }

  private static OptionalDouble longest(Measured m) {
    return m.outcomes().stream().mapToDouble(o -> o.latency().maxNanos()).max();
  }

  private static OptionalDouble longestResponse(Measured m) {
    return m.outcomes().stream()
        .map(Outcome::response)
        .filter(Objects::nonNull)
        .mapToDouble(Latency::maxNanos)
        .max();
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }

  private static Value interval(Measured m) {
    Value rate = OPS_PER_SECOND.of(m);
    return Value.words(
        Double.isNaN(rate.low())
            ? "n=" + m.outcomes().size()
            : Units.measured(rate.low()) + " .. " + Units.measured(rate.high()));
  }

  private static Value schedule(Measured m) {
    if (!m.isOpenLoop()) {
      return Value.NOTHING;
    }
    return m.forks(Measured::isMissed) > 0
        ? Value.words("missed: the store cannot keep up").toned(Tone.BAD)
        : Value.words("kept");
  }

  private static boolean isCutShort(Measured m) {
    return m.forks(CellResult::interrupted) == m.series().forks().size();
  }

  private static Value harness(Measured m) {
    return isCutShort(m)
        ? Value.NOTHING
        : Value.of(Unit.PERCENT, m.harnessPercent())
            .toned(m.isHarnessDear() ? Tone.DOUBTFUL : Tone.NEUTRAL);
  }

  private static Value keys(KeyCount keys) {
    if (keys.asked() == 0) {
      return Value.NOTHING;
    }
    String misses =
        keys.missesAsked() == 0
            ? ""
            : String.format(
                Locale.ROOT, ", and %s without an answer", Units.count(keys.missesAsked()));
    return Value.words(
        String.format(
            Locale.ROOT,
            "%s of %s%s",
            Units.count(keys.asked()),
            Units.count(keys.present()),
            misses));
  }
}
