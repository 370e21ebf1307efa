package dev.grantstore.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.testengine.Runs;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often the rule claims what is not there, and misses what is, on made-up machines: moods that
 * befall a whole round, a scatter of each fork, and forks that something hit. Seeds are fixed.
 */
final class VerdictRatesTest {
  private static final boolean DEEP = Boolean.getBoolean("tests.deep");
  private static final int ROUNDS = 10;
  private static final double MOOD = 0.3;

  private final SplittableRandom random = new SplittableRandom(42);

  @Test
  void interleavedEqualForksAreHardlyEverCalledDifferent() {
    assertThat(claims(DEEP ? 100 : 40, 1, 0.04, 0.05)).isZero();
  }

  @Tag("deep")
  @Test
  void interleavedForksTenPercentApartAreCalledSoNineTimesInTen() {
    assertThat(claims(100, 1.1, 0.02, 0)).isGreaterThanOrEqualTo(90);
  }

  @Tag("deep")
  @Test
  void separateEqualRunsOnAQuietMachineAreHardlyEverCalledDifferent() {
    int claims = 0;
    for (int i = 0; i < 60; i++) {
      RunResult first = run(forks(1, 0.04, 0.05, ones()));
      RunResult second = run(forks(1, 0.04, 0.05, ones()));
      claims += isClaim(Comparison.of(first, second, Terms.USUAL)) ? 1 : 0;
    }

    assertThat(claims).isLessThanOrEqualTo(1);
  }

  @Test
  void equalForksAreNotCalledUnchangedWhereTheyScatterTooMuch() {
    int unchanged = 0;
    for (int i = 0; i < 40; i++) {
      Change change = within(1, 0.15, 0.05).changes().get(0);
      unchanged += change.verdict() == Verdict.NO_CHANGE ? 1 : 0;
    }

    assertThat(unchanged).isLessThanOrEqualTo(4);
  }

  private int claims(int runs, double factor, double scatter, double spikes) {
    int claims = 0;
    for (int i = 0; i < runs; i++) {
      claims += isClaim(within(factor, scatter, spikes)) ? 1 : 0;
    }
    return claims;
  }

  private Comparison within(double factor, double scatter, double spikes) {
    double[] moods = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      moods[i] = Math.exp(MOOD * random.nextGaussian());
    }
    RunResult run =
        Runs.aRun()
            .cell("a", "G2", forks(1, scatter, spikes, moods))
            .cell("b", "G2", forks(factor, scatter, spikes, moods))
            .result();
    return Comparison.within(run, "a", "b", Terms.USUAL);
  }

  private double[] forks(double factor, double scatter, double spikes, double[] moods) {
    double[] nanos = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      double spike = random.nextDouble() < spikes ? 1.5 : 1;
      nanos[i] = 10_000 * factor * moods[i] * spike * Math.exp(scatter * random.nextGaussian());
    }
    return nanos;
  }

  private static double[] ones() {
    double[] ones = new double[ROUNDS];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static RunResult run(double[] p50Nanos) {
    return Runs.aRun().cell("a", "G2", p50Nanos).result();
  }

  private static boolean isClaim(Comparison comparison) {
    Verdict verdict = comparison.changes().get(0).verdict();
    return verdict == Verdict.WORSE || verdict == Verdict.BETTER;
  }
}
