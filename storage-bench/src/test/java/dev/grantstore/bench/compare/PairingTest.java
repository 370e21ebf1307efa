package dev.grantstore.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.testengine.Runs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Which forks are partners: those of one round that both have the figure, whatever else is gone.
 */
final class PairingTest {
  private static final int ROUNDS = 3;

  /** Of each round a side has a fork, one without the figure, or none. */
  private static final int STATES = 3;

  @Test
  void roundsThatBothSidesHaveArePairedInTheirOrder() {
    int all = (int) Math.pow(STATES, ROUNDS);
    for (int first = 1; first < all; first++) {
      for (int second = 1; second < all; second++) {
        List<Double> expectedFirst = new ArrayList<>();
        List<Double> expectedSecond = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
          if (state(first, round) == 2 && state(second, round) == 2) {
            expectedFirst.add(10.0 + round);
            expectedSecond.add(20.0 + round);
          }
        }
        if (forks(first) == 0 || forks(second) == 0) {
          continue;
        }

        Pairing pairing =
            Pairing.of(cell("a", first, 10), cell("b", second, 20), "all", Metric.OPS_PER_SECOND);

        assertThat(pairing.rounds()).isEqualTo(expectedFirst.size());
        assertThat(pairing.first()).containsExactly(array(expectedFirst));
        assertThat(pairing.second()).containsExactly(array(expectedSecond));
      }
    }
  }

  @Test
  void anOutcomeThatIsNotThereHasNoPairs() {
    assertThat(Pairing.of(cell("a", 8, 1), cell("b", 8, 1), "no", Metric.P50_NANOS).rounds())
        .isZero();
  }

  /** Quiet means that others left at most a quarter of a core busy, in the middle fork. */
  @Test
  void aMachineIsQuietUpToAQuarterOfACore() {
    assertThat(Quiet.breach(busy(0.25), busy(-1), Metric.P50_NANOS)).isEmpty();
    assertThat(Quiet.breach(busy(Math.nextUp(0.25)), busy(0), Metric.P50_NANOS)).isPresent();
    assertThat(Quiet.breach(busy(0), busy(3), Metric.OPS_PER_SECOND))
        .hasValueSatisfying(words -> assertThat(words).contains("0.00 and 3.00 cores"));
    assertThat(Quiet.breach(busy(3), busy(-1), Metric.CPU_NANOS_PER_OP))
        .hasValueSatisfying(words -> assertThat(words).contains("3.00 and 0.00 cores"));
    assertThat(Quiet.breach(busy(3), busy(3), Metric.ALLOCATED_BYTES_PER_OP)).isEmpty();
    assertThat(Quiet.breach(busy(3), busy(3), Metric.PEAK_RSS_BYTES)).isEmpty();
  }

  private static CellSeries busy(double cores) {
    return Runs.aRun().otherCores(cores).cell("a", "G2", 1, 2, 3).result().cells().get(0);
  }

  /** The later rounds first. */
  private static CellSeries cell(String engine, int states, double figure) {
    double[] figures = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      figures[round] = state(states, round) == 2 ? figure + round : 0;
    }
    CellSeries all =
        Runs.aRun().figure(Metric.OPS_PER_SECOND, engine, "G2", figures).result().cells().get(0);
    List<Fork> forks = new ArrayList<>();
    for (Fork fork : all.forks()) {
      if (state(states, fork.round()) != 0) {
        forks.add(0, fork);
      }
    }
    return new CellSeries(
        engine, all.benchmark(), all.title(), all.settings(), forks, all.estimates());
  }

  private static int forks(int states) {
    int forks = 0;
    for (int round = 0; round < ROUNDS; round++) {
      forks += state(states, round) == 0 ? 0 : 1;
    }
    return forks;
  }

  private static int state(int states, int round) {
    return states / (int) Math.pow(STATES, round) % STATES;
  }

  private static double[] array(List<Double> figures) {
    return figures.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
