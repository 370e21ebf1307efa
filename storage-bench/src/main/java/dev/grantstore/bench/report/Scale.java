package dev.grantstore.bench.report;

import java.util.Collection;

/** A unit of time that a column is printed in. */
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
  static Scale of(Collection<Double> times) {
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
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

  /** {@return the time in this unit, three digits or so} */
  String text(double timeNanos) {
    return Numbers.digits3(timeNanos / nanos);
  }
}
