package dev.grantstore.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.statistics.RatioInterval;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every rule at every place of an interval, against the rule as it is written for people. */
final class VerdictRuleTest {
  private static final Limit FIVE_PERCENT = new Limit(5);
  private static final List<Limit> FLOORS = List.of(Limit.NOTHING, new Limit(3), new Limit(20));
  private static final double[] ENDS = {
    0.5, 1 / 1.21, 1 / 1.2, 1 / 1.19, 1 / 1.06, 1 / 1.05, 1 / 1.04, 1, 1.04, 1.05, 1.06, 1.19, 1.2,
    1.21, 2
  };

  @Test
  void eachRuleIsTheOneThatIsWritten() {
    int claims = 0;
    for (int low = 0; low < ENDS.length; low++) {
      for (int high = low; high < ENDS.length; high++) {
        for (Limit floor : FLOORS) {
          for (int forks : new int[] {1, 4, 5, 7}) {
            for (double p : new double[] {0, 0.0499, 0.05, 1}) {
              for (Optional<String> breach : List.of(Optional.<String>empty(), Optional.of("b"))) {
                for (Metric metric : List.of(Metric.OPS_PER_SECOND, Metric.P50_NANOS)) {
                  claims += check(metric, ENDS[low], ENDS[high], forks, p, floor, breach);
                }
              }
            }
          }
        }
      }
    }
    assertThat(claims).isGreaterThan(100);
  }

  /** {@return 1 for a claim} */
  private static int check(
      Metric metric,
      double low,
      double high,
      int forks,
      double p,
      Limit floor,
      Optional<String> breach) {
    RatioInterval ratio = new RatioInterval((low + high) / 2, low, high);
    VerdictRule rule = new VerdictRule(metric, ratio, forks, p, FIVE_PERCENT, floor, breach);

    Verdict expected = expected(metric, low, high, forks, p, floor, breach);
    assertThat(rule.verdict()).as("%s", rule).isEqualTo(expected);
    assertThat(rule.isClaim())
        .as("%s", rule)
        .isEqualTo(expected == Verdict.BETTER || expected == Verdict.WORSE);
    assertThat(rule.reason().isEmpty())
        .as("why it is not told: %s", rule)
        .isEqualTo(expected != Verdict.INCONCLUSIVE);
    assertThat(rule.withP(0))
        .isEqualTo(new VerdictRule(metric, ratio, forks, 0, FIVE_PERCENT, floor, breach));
    return rule.isClaim() ? 1 : 0;
  }

  private static Verdict expected(
      Metric metric,
      double low,
      double high,
      int forks,
      double p,
      Limit floor,
      Optional<String> breach) {
    if (forks < 5) {
      return Verdict.INCONCLUSIVE;
    }
    if (low >= 1 / 1.05 && high <= 1.05) {
      return Verdict.NO_CHANGE;
    }
    double beyond = Math.max(1.05, 1 + floor.percent() / 100);
    boolean isHigher = low > beyond;
    boolean isLower = high < 1 / beyond;
    if (p >= 0.05 || breach.isPresent() || (!isHigher && !isLower)) {
      return Verdict.INCONCLUSIVE;
    }
    boolean more = metric == Metric.OPS_PER_SECOND;
    return isHigher == more ? Verdict.BETTER : Verdict.WORSE;
  }
}
