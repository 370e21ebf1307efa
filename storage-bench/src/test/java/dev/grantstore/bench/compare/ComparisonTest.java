package dev.grantstore.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.ResultFormatException;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.testengine.Results;
import dev.grantstore.bench.testengine.Runs;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final double[] BASE = {1000, 1010, 990, 1005, 995, 1002, 998, 1001};

  @Test
  void slowerBeyondTheLimitIsWorseAndFasterIsBetter() {
    assertThat(separate(times(BASE, 1.2)).verdict()).isEqualTo(Verdict.WORSE);
    assertThat(separate(times(BASE, 0.8)).verdict()).isEqualTo(Verdict.BETTER);
    assertThat(separate(times(BASE, 1.2)).deltaPercent()).isCloseTo(20, within(0.1));
  }

  @Test
  void directionIsTheMetrics() {
    Terms rate = new Terms(Limits.USUAL, List.of(Metric.OPS_PER_SECOND));
    Change change = Comparison.of(run(BASE), run(times(BASE, 1.2)), rate).changes().get(0);

    assertThat(change.deltaPercent()).isNegative();
    assertThat(change.verdict()).isEqualTo(Verdict.WORSE);
    assertThat(change.rulesOutWorse()).isFalse();
  }

  @Test
  void changeWithinTheLimitIsNoneHoweverCertain() {
    Change change = separate(times(BASE, 1.03));

    assertThat(change.correctedP()).isLessThan(0.01);
    assertThat(change.verdict()).isEqualTo(Verdict.NO_CHANGE);
  }

  @Test
  void intervalOnBothSidesOfTheLimitIsInconclusive() {
    Change change = separate(1000, 1200, 990, 1250, 995, 1300, 998, 1180);

    assertThat(change.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(change.reason()).contains("both sides of the limit");
  }

  @Test
  void fourForksAreTooFewForAnything() {
    double[] four = Arrays.copyOf(BASE, 4);
    Change same = Comparison.of(run(four), run(four), Terms.USUAL).changes().get(0);
    Change slower = Comparison.of(run(four), run(times(four, 3)), Terms.USUAL).changes().get(0);

    assertThat(same.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(slower.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(slower.reason()).contains("4 whole forks; at least 5");
    assertThat(same.rulesOutWorse()).isFalse();
  }

  @Test
  void manyFiguresOfFewForksCarryNoClaim() {
    double[] five = Arrays.copyOf(BASE, 5);
    Runs before = Runs.aRun();
    Runs after = Runs.aRun();
    for (int i = 0; i < 7; i++) {
      before.cell("rocksdb", "B" + i, five);
      after.cell("rocksdb", "B" + i, times(five, 1.5));
    }
    List<Change> changes = Comparison.of(before.result(), after.result(), Terms.USUAL).changes();

    assertThat(changes).hasSize(7).allMatch(c -> c.verdict() == Verdict.INCONCLUSIVE);
    assertThat(changes.get(0).mannWhitneyP()).isLessThan(0.01);
    assertThat(changes.get(0).reason()).contains("more forks");
  }

  @Test
  void leastPossiblePDecidesHowManyFiguresTheForksCarry() {
    assertThat(powerless(5, 6)).isEmpty();
    assertThat(powerless(5, 7)).contains("5 forks carry 6 figures at once, and there are 7");
    assertThat(powerless(7, 7)).isEmpty();
    assertThat(powerless(4, 1)).contains("forks=4, at least 5 are needed");
    assertThat(powerless(0, 0)).contains("no figure can be compared");
  }

  /** The p of forks all of which are apart, whether or not their rounds pair. */
  @Test
  void leastPossiblePIsWhatTheTestsGiveAtBest() {
    double[] all = {1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009};
    for (int forks = 5; forks <= all.length; forks++) {
      double[] one = Arrays.copyOf(all, forks);
      RunResult both = Runs.aRun().cell("a", "G2", one).cell("b", "G2", times(one, 2)).result();
      Change paired = Comparison.within(both, "a", "b", Terms.USUAL).changes().get(0);
      Change separate = Comparison.of(run(one), run(times(one, 2)), Terms.USUAL).changes().get(0);

      assertThat(paired.rounds()).isEqualTo(forks);
      assertThat(Power.leastP(paired)).isCloseTo(paired.correctedP(), within(1e-12));
      assertThat(separate.rounds()).isZero();
      assertThat(Power.leastP(separate)).isCloseTo(separate.correctedP(), within(1e-12));
    }
  }

  @Test
  void openLoopsAreJudgedByResponseTime() {
    RunResult open = Runs.aRun().rate(500).cell("rocksdb", "G2", BASE).result();
    Change change = Comparison.of(open, open, Terms.USUAL).changes().get(0);

    assertThat(change.metric()).isEqualTo(Metric.RESPONSE_P99_NANOS);
    assertThat(change.first()).isBetween(2 * 990.0, 2 * 1010.0);
  }

  @Test
  void figureThatOneSideLacksIsNamed() throws ResultFormatException {
    RunResult open = Runs.aRun().rate(500).cell("rocksdb", "G2", BASE).result();
    Terms terms = new Terms(Limits.USUAL, List.of(Metric.P50_NANOS, Metric.RESPONSE_P50_NANOS));
    RunResult mixed = Runs.aRun().cell("rocksdb", "G2", BASE).result();
    RunResult renamed =
        ResultJson.decode(
            ResultJson.encode(mixed)
                .replace("\"ratePerSecond\" : 0.0", "\"ratePerSecond\" : 500.0"));
    Comparison comparison = Comparison.of(open, renamed, terms);

    assertThat(comparison.changes()).extracting(Change::metric).containsExactly(Metric.P50_NANOS);
    assertThat(comparison.notComparable())
        .containsExactly(
            "rocksdb G2 rate=500/s response p50 ns: no such figure over 0 in every fork of the"
                + " second");
  }

  private static String powerless(int forks, int figures) {
    Runs run = Runs.aRun();
    for (int i = 0; i < figures; i++) {
      run.cell("rocksdb", "B" + i, Arrays.copyOf(BASE, forks));
    }
    RunResult result = run.result();
    return Comparison.of(result, result, Terms.USUAL).powerless();
  }

  @Test
  void separateRunsOfWhichEitherHadABusyMachineCarryNoClaim() {
    for (double factor : new double[] {1.5, 1 / 1.5}) {
      RunResult busy =
          Runs.aRun().otherCores(1.2).cell("rocksdb", "G2", times(BASE, factor)).result();
      for (Comparison comparison :
          List.of(
              Comparison.of(run(BASE), busy, Terms.USUAL),
              Comparison.of(busy, run(BASE), Terms.USUAL))) {
        Change change = comparison.changes().get(0);

        assertThat(change.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(change.reason()).contains("busy machine", "1.20");
      }
    }
  }

  @Test
  void interleavedForksDoBecauseTheirRoundsPair() {
    double[] first = {1000, 1500, 900, 3000, 1200, 1100, 2000, 950};
    RunResult run =
        Runs.aRun()
            .otherCores(1.2)
            .cell("a", "G2", first)
            .cell("b", "G2", times(first, 1.12))
            .result();
    Change change = Comparison.within(run, "a", "b", Terms.USUAL).changes().get(0);

    assertThat(change.rounds()).isEqualTo(8);
    assertThat(change.mannWhitneyP()).isGreaterThan(0.05);
    assertThat(change.signedRankP()).isEqualTo(2 / 256.0);
    assertThat(change.correctedP()).isEqualTo(4 / 256.0);
    assertThat(change.verdict()).isEqualTo(Verdict.WORSE);
  }

  @Test
  void changeMustBeBeyondWhatEqualThingsDoInEitherDirection() {
    for (double floor : new double[] {1.3, 1 / 1.3}) {
      for (double factor : new double[] {1.2, 1 / 1.2}) {
        RunResult run =
            Runs.aRun()
                .cell("a", "G2", BASE)
                .cell("a" + NoiseFloor.AGAIN, "G2", times(BASE, floor))
                .cell("b", "G2", times(BASE, factor))
                .result();
        Change change = Comparison.within(run, "a", "b", Terms.USUAL).changes().get(0);

        assertThat(change.floor())
            .satisfies(limit -> assertThat(limit.percent()).isCloseTo(30, within(0.2)));
        assertThat(change.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(change.reason()).contains("noise floor");
      }
    }
  }

  @Test
  void whatWasCutShortShowsNoNoise() {
    double[] once = BASE.clone();
    once[0] *= 3;
    double[] alwaysCut = times(BASE, 3);
    Set<Integer> all = Set.of(0, 1, 2, 3, 4, 5, 6, 7);
    RunResult oneCut =
        Runs.aRun()
            .cell("a", "G2", BASE)
            .cell("b", "G2", BASE)
            .cutShortIn(Set.of(0))
            .cell("a" + NoiseFloor.AGAIN, "G2", once)
            .result();
    RunResult allCut =
        Runs.aRun()
            .cell("a", "G2", BASE)
            .cell("b", "G2", BASE)
            .cutShortIn(all)
            .cell("a" + NoiseFloor.AGAIN, "G2", alwaysCut)
            .result();

    assertThat(Comparison.within(oneCut, "a", "b", Terms.USUAL).changes().get(0).floor())
        .isEqualTo(Limit.NOTHING);
    assertThat(Comparison.within(allCut, "a", "b", Terms.USUAL).changes().get(0).floor()).isNull();
  }

  @Test
  void repetitionForTheFloorIsNotComparedWithTheNextRun() {
    RunResult run =
        Runs.aRun().cell("a", "G2", BASE).cell("a" + NoiseFloor.AGAIN, "G2", BASE).result();

    assertThat(Comparison.of(run, run, Terms.USUAL).changes())
        .extracting(Change::firstEngine)
        .containsExactly("a");
  }

  /** Of rounds, those whole on both sides; of separate forks, as many as the side with fewer. */
  @Test
  void forksThatWereCutShortDoNotCount() {
    List<Set<Integer>> cuts =
        List.of(Set.of(), Set.of(0), Set.of(7), Set.of(0, 1), Set.of(1, 2, 3), Set.of(5, 6, 7));
    for (Set<Integer> one : cuts) {
      for (Set<Integer> other : cuts) {
        Set<Integer> either = new HashSet<>(one);
        either.addAll(other);
        RunResult both =
            Runs.aRun()
                .cutShortIn(one)
                .cell("a", "G2", BASE)
                .cutShortIn(other)
                .cell("b", "G2", BASE)
                .result();
        RunResult first = Runs.aRun().cutShortIn(one).cell("a", "G2", BASE).result();
        RunResult second = Runs.aRun().cutShortIn(other).cell("a", "G2", BASE).result();

        assertThat(Comparison.within(both, "a", "b", Terms.USUAL).changes().get(0).wholeForks())
            .as("rounds cut short: %s and %s", one, other)
            .isEqualTo(8 - either.size());
        assertThat(Comparison.of(first, second, Terms.USUAL).changes().get(0).wholeForks())
            .as("forks cut short: %s and %s", one, other)
            .isEqualTo(8 - Math.max(one.size(), other.size()));
      }
    }
  }

  @Test
  void otherMachineIsNamed() {
    Environment other = Runs.withGovernor(Results.aResult().environment(), "powersave");
    RunResult there = Runs.aRun().on(other).cell("rocksdb", "G2", BASE).result();

    assertThat(Comparison.of(run(BASE), there, Terms.USUAL).unlike())
        .containsExactly("governor: none against powersave");
    assertThat(Comparison.of(run(BASE), run(BASE), Terms.USUAL).unlike()).isEmpty();
  }

  /** One server's answer has no other to wait for, and of more ranges more are read at once. */
  @Test
  void otherClustersAreNamed() {
    Map<String, String> three = Map.of("servers", "3", "replicas", "3", "ranges", "9");
    RunResult there = Runs.withFacts(run(BASE), Map.of(), three);

    assertThat(Comparison.of(there, there, Terms.USUAL).unlike()).isEmpty();
    three.forEach(
        (name, value) -> {
          Map<String, String> other = new TreeMap<>(three);
          other.put(name, "1");
          assertThat(
                  Comparison.of(there, Runs.withFacts(run(BASE), Map.of(), other), Terms.USUAL)
                      .unlike())
              .containsExactly(name + " of rocksdb: " + value + " against 1");
        });
    assertThat(Comparison.of(there, run(BASE), Terms.USUAL).unlike())
        .as("a result that does not say")
        .containsExactly(
            "servers of rocksdb: 3 against not known",
            "replicas of rocksdb: 3 against not known",
            "ranges of rocksdb: 9 against not known");
  }

  @Test
  void rangesThatAreOthersByOtherSettingsAreWhatIsCompared() {
    Map<String, String> settings = Map.of("range_bytes", "1000000");
    RunResult few = Runs.withFacts(run(BASE), Map.of(), Map.of("ranges", "9"));
    RunResult many = Runs.withFacts(run(BASE), settings, Map.of("ranges", "90"));

    assertThat(Comparison.of(few, many, Terms.USUAL).unlike()).isEmpty();
  }

  @Test
  void whetherGrantsWereLoadedOrFoundIsNoted() {
    RunResult loaded = Runs.withFacts(run(BASE), Map.of(), Map.of("grants", "loaded"));
    RunResult found = Runs.withFacts(run(BASE), Map.of(), Map.of("grants", "found"));
    Comparison comparison = Comparison.of(loaded, found, Terms.USUAL);

    assertThat(comparison.unlike()).isEmpty();
    assertThat(comparison.notes())
        .contains("rocksdb effective options: {grants=loaded}, then {grants=found}");
  }

  @Test
  void limitForNothingIsRefusedAndWhatHasNoLimitIsLeftOutAndSaid() {
    assertThatThrownBy(() -> Comparison.of(run(BASE), run(BASE), terms("G9=5%")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("G9");
    RunResult two = Runs.aRun().cell("rocksdb", "G2", BASE).cell("rocksdb", "G3", BASE).result();
    Comparison comparison = Comparison.of(two, two, terms("G2=5%"));
    assertThat(comparison.changes()).extracting(Change::question).containsExactly("G2");
    assertThat(comparison.notes()).contains("no limit, so left out: G3");
  }

  private static Change separate(double... second) {
    return Comparison.of(run(BASE), run(second), Terms.USUAL).changes().get(0);
  }

  private static RunResult run(double... p50Nanos) {
    return Runs.aRun().cell("rocksdb", "G2", p50Nanos).result();
  }

  private static Terms terms(String limit) {
    return new Terms(Limits.parse(List.of(limit)), List.of());
  }

  private static double[] times(double[] values, double factor) {
    return Arrays.stream(values).map(v -> v * factor).toArray();
  }
}
