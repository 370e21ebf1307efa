package dev.grantstore.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.statistics.RatioInterval;
import dev.grantstore.bench.testengine.Runs;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every metric in its direction, at every place that an interval can have about its limits. */
final class DirectionsTest {
  private static final double[] BASE = {1000, 1010, 990, 1005, 995, 1002, 998, 1001};

  /** All on one side of the limit, or on both of it. */
  private static final double[] BY_A_FIFTH = {1200, 1212, 1188, 1206, 1194, 1202.4, 1197.6, 1201.2};

  private static final double[] BOTH_SIDES = {1000, 1200, 990, 1250, 995, 1300, 998, 1180};

  /** In which direction a figure is better is written down here once more. */
  private static boolean isBetterHigher(Metric metric) {
    return switch (metric) {
      case OPS_PER_SECOND, ROWS_PER_SECOND -> true;
      case NANOS_PER_OP,
          P50_NANOS,
          P95_NANOS,
          P99_NANOS,
          P999_NANOS,
          RESPONSE_P50_NANOS,
          RESPONSE_P95_NANOS,
          RESPONSE_P99_NANOS,
          CPU_NANOS_PER_OP,
          ALLOCATED_BYTES_PER_OP,
          PEAK_RSS_BYTES,
          RESIDENT_BYTES_PER_STORE,
          SMALLEST_LIMIT_MIB ->
          false;
    };
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void changeOfThatFigureAloneIsJudgedByItsDirection(Metric metric) {
    Gate up = gate(metric, BASE, BY_A_FIFTH);
    Gate down = gate(metric, BY_A_FIFTH, BASE);

    assertThat(change(up).deltaPercent()).isPositive();
    assertThat(change(down).deltaPercent()).isNegative();
    Gate better = isBetterHigher(metric) ? up : down;
    Gate worse = isBetterHigher(metric) ? down : up;
    assertThat(change(better).verdict()).isEqualTo(Verdict.BETTER);
    assertThat(better.outcome()).isEqualTo(Gate.Outcome.FINE);
    assertThat(change(worse).verdict()).isEqualTo(Verdict.WORSE);
    assertThat(worse.outcome()).isEqualTo(Gate.Outcome.REGRESSION);
    String stage = metric == Metric.RESIDENT_BYTES_PER_STORE ? "open " : "";
    assertThat(worse.reasons()).containsExactly("worse: a G2 rate=500/s " + stage + metric.unit());
    assertThat(gate(metric, BASE, BASE).outcome()).isEqualTo(Gate.Outcome.FINE);
  }

  /** A change that is none or large: good news pass, bad news do not. */
  @ParameterizedTest
  @EnumSource(Metric.class)
  void unclearChangePassesOnlyWhereItCannotBeForTheWorse(Metric metric) {
    Gate up = gate(metric, BASE, BOTH_SIDES);
    Gate down = gate(metric, BOTH_SIDES, BASE);

    assertThat(change(up).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(change(down).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    Gate good = isBetterHigher(metric) ? up : down;
    Gate bad = isBetterHigher(metric) ? down : up;
    assertThat(good.outcome()).isEqualTo(Gate.Outcome.FINE);
    assertThat(change(good).rulesOutWorse()).isTrue();
    assertThat(bad.outcome()).isEqualTo(Gate.Outcome.INCONCLUSIVE);
    assertThat(change(bad).rulesOutWorse()).isFalse();
  }

  /** Both ends at, just within and just beyond either limit, and far off. */
  @ParameterizedTest
  @EnumSource(Metric.class)
  void bothEndsOfTheIntervalDecide(Metric metric) {
    for (Limit limit : List.of(new Limit(5), new Limit(100))) {
      for (Limit floor : List.of(Limit.NOTHING, new Limit(20))) {
        double[] ends = ends(limit.factor(), floor.factor());
        for (int i = 0; i < ends.length; i++) {
          for (int j = i; j < ends.length; j++) {
            for (double p : new double[] {0.0499, 0.05, 1}) {
              judge(
                  metric,
                  new RatioInterval((ends[i] + ends[j]) / 2, ends[i], ends[j]),
                  p,
                  limit,
                  floor);
            }
          }
        }
      }
    }
  }

  private static double[] ends(double limit, double floor) {
    double[] ends =
        Arrays.stream(new double[] {1, limit, floor, 9})
            .flatMap(at -> Arrays.stream(new double[] {at, Math.nextUp(at), Math.nextDown(at)}))
            .flatMap(at -> Arrays.stream(new double[] {at, 1 / at}))
            .distinct()
            .sorted()
            .toArray();
    assertThat(ends).hasSizeBetween(15, 24);
    return ends;
  }

  private static void judge(
      Metric metric, RatioInterval interval, double p, Limit limit, Limit floor) {
    for (int forks : new int[] {4, 5}) {
      VerdictRule rule =
          new VerdictRule(metric, interval, forks, p, limit, floor, Optional.empty());
      assertThat(rule.verdict())
          .as("%s %s p=%s limit=%s floor=%s forks=%s", metric, interval, p, limit, floor, forks)
          .isEqualTo(expected(metric, interval, p, limit, floor, forks));
      assertThat(rule.reason().isEmpty()).isEqualTo(rule.verdict() != Verdict.INCONCLUSIVE);
      assertThat(ruledOut(metric, interval, limit, forks))
          .as("worse is ruled out: %s %s limit=%s forks=%s", metric, interval, limit, forks)
          .isEqualTo(forks == 5 && !mayBeWorse(metric, interval, limit));
    }
    VerdictRule busy =
        new VerdictRule(metric, interval, 5, p, limit, floor, Optional.of("busy machine"));
    boolean isNone = expected(metric, interval, p, limit, floor, 5) == Verdict.NO_CHANGE;
    assertThat(busy.verdict()).isEqualTo(isNone ? Verdict.NO_CHANGE : Verdict.INCONCLUSIVE);
  }

  private static Verdict expected(
      Metric metric, RatioInterval interval, double p, Limit limit, Limit floor, int forks) {
    if (forks < 5) {
      return Verdict.INCONCLUSIVE;
    }
    if (interval.low() >= 1 / limit.factor() && interval.high() <= limit.factor()) {
      return Verdict.NO_CHANGE;
    }
    double bound = floor.percent() > limit.percent() ? floor.factor() : limit.factor();
    boolean rose = interval.low() > bound;
    boolean fell = interval.high() < 1 / bound;
    if (p >= 0.05 || (!rose && !fell)) {
      return Verdict.INCONCLUSIVE;
    }
    return rose == isBetterHigher(metric) ? Verdict.BETTER : Verdict.WORSE;
  }

  private static boolean mayBeWorse(Metric metric, RatioInterval interval, Limit limit) {
    return isBetterHigher(metric)
        ? interval.low() < 1 / limit.factor()
        : interval.high() > limit.factor();
  }

  private static boolean ruledOut(Metric metric, RatioInterval ratio, Limit limit, int forks) {
    return new Change(
            "G2",
            "all",
            "a",
            "a",
            metric,
            1,
            1,
            forks,
            9,
            0,
            forks,
            ratio,
            1,
            null,
            1,
            limit,
            null,
            Verdict.INCONCLUSIVE,
            false,
            "")
        .rulesOutWorse();
  }

  private static Change change(Gate gate) {
    assertThat(gate.comparison().changes()).hasSize(1);
    return gate.comparison().changes().get(0);
  }

  private static Gate gate(Metric metric, double[] before, double[] after) {
    Terms terms = new Terms(Limits.USUAL, List.of(metric));
    return Gate.of(run(metric, before), run(metric, after), terms);
  }

  private static RunResult run(Metric metric, double[] figures) {
    return Runs.aRun().rate(500).figure(metric, "a", "G2", figures).result();
  }
}
