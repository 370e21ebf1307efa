package dev.grantstore.equivalence.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.equivalence.campaign.CampaignResult.Finding;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.Fact;
import dev.grantstore.equivalence.check.History.Step;
import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a campaign hands out, adds up and asks of what it covered. */
final class BoardTest {
  private static final WorkloadGenerator SHORT = WorkloadGenerator.upTo(5);

  /** Whoever takes seeds gets those behind the last, none beyond a change of settings. */
  @Test
  void eachSeedIsGivenOnceAndNoTakeCrossesABorder() {
    long border = WorkloadGenerator.SEEDS_PER_SETTINGS;
    for (long first :
        new long[] {
          0, 1, border - 1, border, -1, -border, -border - 1, Long.MIN_VALUE, Long.MAX_VALUE - 200
        }) {
      for (int tries : new int[] {1, 2, 24, 25, 26, 100}) {
        Board board = board(first, tries, 1);
        long next = first;
        while (next < first + tries) {
          Board.Seeds seeds = board.next();
          assertThat(seeds.first()).isEqualTo(next);
          assertThat(seeds.count()).isPositive();
          assertThat(Math.floorDiv(next + seeds.count() - 1, border))
              .isEqualTo(Math.floorDiv(next, border));
          next += seeds.count();
        }
        assertThat(next).isEqualTo(first + tries);
        assertThat(board.next().count()).isZero();
      }
    }
  }

  @Test
  void findingsAreKeptOncePerSignatureInTheirOrderUntilThereAreEnough() {
    Board board = board(0, 10, 2);
    Finding second = finding("get", 1);
    Finding first = finding("put", 0);

    board.found(first);
    board.found(finding("put", 1));
    assertThat(board.isOver()).isFalse();
    assertThat(board.findings()).containsExactly(first);

    board.found(second);
    assertThat(board.isOver()).isTrue();
    assertThat(board.findings()).containsExactly(first, second);
  }

  @Test
  void theFirstFailureIsToldAndEndsIt() {
    Board board = board(0, 10, 2);
    IllegalStateException first = new IllegalStateException();

    assertThat(board.failure()).isEmpty();
    board.failed(first);
    board.failed(new IllegalStateException());

    assertThat(board.isOver()).isTrue();
    assertThat(board.failure()).containsSame(first);
    assertThat(board.tries()).isZero();
  }

  @Test
  void triesTimeThreadsAndFindingsAreAtLeastOne() {
    assertThatThrownBy(() -> board(0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> board(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    for (Duration time : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
      assertThatThrownBy(() -> new Plan(SHORT, 0, 1, time, 1, 1, List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void coverageIsAddedUpByName() {
    Coverage one = coverage(Map.of(Fact.INSERT, 2L, Fact.SEAL, 1L), Map.of("put ok", 2L));
    Coverage other = coverage(Map.of(Fact.INSERT, 3L, Fact.DROP, 4L), Map.of("put no", 5L));

    Coverage sum = one.plus(other);

    assertThat(sum.facts())
        .isEqualTo(Map.of(Fact.INSERT, 5L, Fact.SEAL, 1L, Fact.DROP, 4L))
        .isEqualTo(other.plus(one).facts());
    assertThat(sum.ops()).isEqualTo(Map.of("put ok", 2L, "put no", 5L));
    assertThat(sum.pairs()).isEqualTo(sum.ops());
    assertThat(one.plus(Coverage.NONE)).isEqualTo(one);
    assertThat(sum.count(Fact.CRASH)).isZero();
  }

  @Test
  void whatIsBelowItsMinimumFallsShort() {
    Coverage some = coverage(Map.of(Fact.INSERT, 5L, Fact.SEAL, 5L), Map.of());

    assertThat(some.shortfalls(Map.of(Fact.INSERT, 5L, Fact.SEAL, 4L))).isEmpty();
    assertThat(some.shortfalls(Map.of(Fact.SEAL, 6L, Fact.INSERT, 6L, Fact.CRASH, 1L)))
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).contains("fact=INSERT count=5 least=6"))
        .anySatisfy(line -> assertThat(line).contains("fact=CRASH count=0 least=1"));
    assertThat(Coverage.NONE.shortfalls(Map.of())).isEmpty();
  }

  /** By the proportions that a thousand tries have, in whole numbers of any size. */
  @Test
  void minimumsGrowWithTheTries() {
    long exact = 1_000_000_000L;
    Map<Fact, Long> perBillion = Minimums.of(exact);
    Set<Fact> all = perBillion.keySet();
    assertThat(all).hasSizeGreaterThan(20).doesNotContain(Fact.SKIPPED);
    for (long tries :
        new long[] {0, 1, 99, 100, 101, 499, 500, 999, 1_000, 1_001, 12_345, 1L << 31, 1L << 45}) {
      Map<Fact, Long> expected = new EnumMap<>(Fact.class);
      for (Fact fact : all) {
        BigInteger count =
            BigInteger.valueOf(perBillion.getOrDefault(fact, 0L))
                .multiply(BigInteger.valueOf(tries))
                .divide(BigInteger.valueOf(exact));
        if (tries >= 100 && count.longValueExact() >= 5) {
          long least = count.longValueExact();
          expected.put(fact, least < 40 ? least / 2 : least);
        }
      }
      assertThat(Minimums.of(tries)).as("%d tries", tries).isEqualTo(expected);

      Set<Fact> notJudged = EnumSet.copyOf(all);
      notJudged.removeAll(expected.keySet());
      assertThat(Minimums.notJudged(tries)).isEqualTo(notJudged);

      expected.keySet().removeAll(Set.of(Fact.REOPENING, Fact.CRASH, Fact.READ_ONLY_OPENING));
      assertThat(Minimums.ofForgetful(tries)).isEqualTo(expected);
    }
  }

  private static Coverage coverage(Map<Fact, Long> facts, Map<String, Long> counts) {
    SortedMap<String, Long> sorted = new TreeMap<>(counts);
    return new Coverage(facts, sorted, sorted);
  }

  private static Board board(long first, long tries, int findings) {
    return new Board(
        new Plan(SHORT, first, tries, Duration.ofHours(1), 1, findings, List.of()),
        System.nanoTime() + Duration.ofHours(1).toNanos());
  }

  private static Finding finding(String kind, int op) {
    Workload workload = SHORT.generate(op);
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(op, Oracle.O1, kind, Answer.OK));
    return new Finding(workload, new Divergence("b", steps.get(0), Answer.of("no")), "a | b");
  }
}
