package dev.grantstore.bench.report.html;

import java.util.ArrayList;
import java.util.List;

/** Says where a value stands in a drawing, and which values to mark. Immutable. */
record Axis(boolean logarithmic, double least, double most, double start, double end) {
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  /** {@return an axis from 0} */
  static Axis fromZero(double most, double start, double end) {
    return new Axis(false, 0, most > 0 ? most : 1, start, end);
  }

  /** {@return an axis of whole decades around positive values} */
  static Axis decades(double least, double most, double start, double end) {
    double low = Math.pow(10, Math.floor(Math.log10(Math.max(1, least))));
    double high = Math.pow(10, Math.ceil(Math.log10(Math.max(1, most))));
    return new Axis(true, low, Math.max(high, low * 10), start, end);
  }

  double at(double value) {
    return start + (end - start) * share(value);
  }

  /** {@return values to mark: powers of ten, or some round ones} */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (logarithmic) {
      for (double tick = least; tick <= most * 1.0001; tick *= 10) {
        ticks.add(tick);
      }
      return ticks;
    }
    double step = step();
    for (int i = 0; i * step <= most; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private double share(double value) {
    double share =
        logarithmic
            ? Math.log(Math.max(value, least) / least) / Math.log(most / least)
            : (value - least) / (most - least);
    return Math.min(1, Math.max(0, share));
  }

  /** {@return a round step that gives three to five marks} */
  private double step() {
    double rough = most / 4;
    double decade = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double step : STEPS) {
      if (step * decade >= rough) {
        return step * decade;
      }
    }
    return 10 * decade;
  }
}
