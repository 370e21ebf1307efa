package dev.grantstore.bench.report;

import dev.grantstore.bench.result.Metric;
import java.util.Arrays;
import java.util.function.DoubleFunction;

/** What a number counts: how it is written with its unit, and below a head that has it. */
enum Unit {
  /** Nanoseconds, in a column in the unit that suits the table. */
  TIME(Units::nanos, Units::measured),
  NANOS(Units::nanos, Units::measured),
  MICROS(Units::nanos, nanos -> Units.measured(nanos / 1e3)),
  MILLIS(Units::nanos, nanos -> Units.measured(nanos / 1e6)),
  OPS_PER_SECOND(rate -> Units.perSecond(rate, "ops"), Units::column),
  ROWS_PER_SECOND(rate -> Units.perSecond(rate, "rows"), rate -> Units.column(Math.rint(rate))),
  BYTES(Units::bytes, Units::column),
  BYTES_PER_GRANT(Units::bytes, Units::oneDecimal),
  MEBIBYTES(Units::bytes, bytes -> Units.oneDecimal(bytes / (1 << 20))),
  /** Counted in MiB, not in bytes. */
  WHOLE_MEBIBYTES(mib -> Units.bytes(mib * (1 << 20)), Units::column),
  PERCENT(Units::percent, Units::measured),
  CORES(cores -> Units.oneDecimal(cores) + "\u00a0cores", Units::oneDecimal),
  TIMES(times -> Units.digits(times) + "×", Units::measured),
  FORKS("fork"),
  OPERATIONS("operation"),
  ROWS("row"),
  BLOCKS("block"),
  STEPS("step"),
  COLLECTIONS("collection"),
  /** The unit stands in the name, or there is none. */
  NONE(Units::digits, Units::column);

  @SuppressWarnings("ImmutableEnumChecker") // holds nothing
  private final DoubleFunction<String> words;

  @SuppressWarnings("ImmutableEnumChecker") // holds nothing
  private final DoubleFunction<String> column;

  Unit(DoubleFunction<String> words, DoubleFunction<String> column) {
    this.words = words;
    this.column = column;
  }

  Unit(String thing) {
    this(
        number ->
            number == Math.rint(number)
                ? Units.count((long) number, thing)
                : Units.amount(number, thing),
        Units::column);
  }

  /** {@return what the numbers of a metric count} */
  static Unit of(Metric metric) {
    return switch (metric) {
      case OPS_PER_SECOND -> OPS_PER_SECOND;
      case ROWS_PER_SECOND -> ROWS_PER_SECOND;
      case NANOS_PER_OP,
          P50_NANOS,
          P95_NANOS,
          P99_NANOS,
          P999_NANOS,
          RESPONSE_P50_NANOS,
          RESPONSE_P95_NANOS,
          RESPONSE_P99_NANOS ->
          TIME;
      case CPU_NANOS_PER_OP -> MICROS;
      case ALLOCATED_BYTES_PER_OP, RESIDENT_BYTES_PER_STORE -> BYTES;
      case PEAK_RSS_BYTES -> MEBIBYTES;
      case SMALLEST_LIMIT_MIB -> WHOLE_MEBIBYTES;
    };
  }

  /** {@return the number with its unit} */
  String words(double number) {
    return words.apply(number);
  }

  /** {@return the number without it} */
  String column(double number, Scale scale) {
    return column.apply(this == TIME ? number / scale.nanos : number);
  }

  /** The unit that the times of a table of text are in. */
  enum Scale {
    NANOS("ns", 1),
    MICROS("µs", 1e3),
    MILLIS("ms", 1e6),
    SECONDS("s", 1e9);

    private final String unit;
    private final double nanos;

    Scale(String unit, double nanos) {
      this.unit = unit;
      this.nanos = nanos;
    }

    /** {@return the largest unit that the middle one of the times has at least one of} */
    static Scale of(double[] times) {
      double[] sorted = Arrays.stream(times).sorted().toArray();
      double middle = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
      Scale fit = NANOS;
      for (Scale scale : values()) {
        fit = middle >= scale.nanos ? scale : fit;
      }
      return fit;
    }

    String unit() {
      return unit;
    }
  }
}
