package dev.grantstore.bench.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The percentiles that JMH writes beside a score: of the scores of the forks, not of times. */
final class ForkPercentiles {
  private static final List<Double> PERCENTS =
      List.of(0.0, 50.0, 90.0, 95.0, 99.0, 99.9, 99.99, 99.999, 99.9999, 100.0);

  private ForkPercentiles() {}

  /** {@return the percentiles of at least one value, by their percents} */
  static Map<String, Double> of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    Map<String, Double> percentiles = new LinkedHashMap<>();
    PERCENTS.forEach(percent -> percentiles.put(String.valueOf(percent), at(percent, sorted)));
    return percentiles;
  }

  /** Between two values in proportion. */
  private static double at(double percent, List<Double> sorted) {
    double place = percent / 100 * (sorted.size() + 1);
    if (place < 1) {
      return sorted.get(0);
    }
    if (place >= sorted.size()) {
      return sorted.get(sorted.size() - 1);
    }
    int below = (int) place;
    double low = sorted.get(below - 1);
    return low + (place - below) * (sorted.get(below) - low);
  }
}
