package dev.grantstore.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.statistics.Holm;
import dev.grantstore.bench.statistics.MannWhitney;
import dev.grantstore.bench.statistics.RatioInterval;
import dev.grantstore.bench.statistics.SignedRank;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a comparison could claim at best, against the tests themselves on forks far apart. */
final class PowerTest {
  @Test
  void leastPIsThatOfForksOfWhichNoneOverlap() {
    for (int first = 1; first <= 9; first++) {
      for (int second = 1; second <= 9; second++) {
        assertThat(Power.leastP(change(first, second, 0)))
            .as("%d and %d forks", first, second)
            .isCloseTo(apart(first, second, 0), within(1e-12));
      }
    }
    for (int rounds = 1; rounds <= 12; rounds++) {
      assertThat(Power.leastP(change(rounds, rounds, rounds)))
          .as("%d rounds", rounds)
          .isCloseTo(apart(rounds, rounds, rounds), within(1e-12));
    }
  }

  @Test
  void aLackIsToldWhereNothingCouldBeClaimedAndNowhereElse() {
    assertThat(Power.lack(List.of())).contains("no figure");
    for (int forks = 1; forks <= 8; forks++) {
      for (boolean inRounds : new boolean[] {false, true}) {
        int rounds = inRounds ? forks : 0;
        int most = mostCarried(apart(forks, forks, rounds));
        for (int figures = 1; figures <= most + 3; figures++) {
          String lack = Power.lack(Collections.nCopies(figures, change(forks, forks, rounds)));
          if (forks < 5) {
            assertThat(lack).contains("forks=" + forks + ", at least 5");
          } else if (figures <= most) {
            assertThat(lack).as("%d figures of %d", figures, forks).isEmpty();
          } else {
            assertThat(lack)
                .contains(
                    String.format(Locale.ROOT, "%d forks carry %d figures at once", forks, most),
                    "there are " + figures + " ");
          }
        }
      }
    }
  }

  /** One that has enough is enough, and those with fewer forks count as figures all the same. */
  @Test
  void theFigureWithTheMostForksDecides() {
    assertThat(Power.lack(List.of(change(4, 4, 0), change(8, 8, 0)))).isEmpty();
    assertThat(Power.lack(List.of(change(8, 4, 0)))).contains("forks=4");
    assertThat(Power.lack(List.of(change(8, 8, 4)))).contains("forks=4");
    assertThat(
            Power.lack(
                IntStream.range(0, 7)
                    .mapToObj(i -> i == 0 ? change(5, 5, 0) : change(1, 1, 0))
                    .toList()))
        .contains("5 forks carry 6 figures at once");
  }

  /** With one figure more than these, the correction takes even the clearest away. */
  private static int mostCarried(double least) {
    int most = 0;
    while (most < 1_000) {
      double[] all = new double[most + 1];
      Arrays.fill(all, least);
      if (Holm.corrected(all)[0] >= 0.05) {
        return most;
      }
      most++;
    }
    throw new AssertionError("p=" + least);
  }

  private static double apart(int first, int second, int rounds) {
    double[] low = IntStream.range(0, first).mapToDouble(i -> 1 + i).toArray();
    double[] high = IntStream.range(0, second).mapToDouble(i -> 100 + 2 * i).toArray();
    double mannWhitney = MannWhitney.pValue(low, high);
    if (rounds == 0) {
      return mannWhitney;
    }
    double[] differences = IntStream.range(0, rounds).mapToDouble(i -> high[i] - low[i]).toArray();
    return Math.min(1, 2 * Math.min(mannWhitney, SignedRank.pValue(differences)));
  }

  private static Change change(int firstForks, int secondForks, int rounds) {
    return new Change(
        "G2",
        "all",
        "a",
        "b",
        Metric.P50_NANOS,
        1,
        1,
        firstForks,
        secondForks,
        rounds,
        Math.min(firstForks, secondForks),
        new RatioInterval(1, 1, 1),
        1,
        null,
        1,
        new Limit(5),
        null,
        Verdict.INCONCLUSIVE,
        false,
        "");
  }
}
