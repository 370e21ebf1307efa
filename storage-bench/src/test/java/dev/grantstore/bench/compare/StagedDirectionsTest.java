package dev.grantstore.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.testengine.StagedResults;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * G6 to G10 by the one rule: each stage has one metric, and what becomes more of it is worse, what
 * becomes less better. Here results are whole, so that what is compared is what was measured.
 */
final class StagedDirectionsTest {
  static Stream<Arguments> stages() {
    return StagedResults.STAGES.entrySet().stream()
        .flatMap(of -> of.getValue().stream().map(stage -> Arguments.of(of.getKey(), stage)));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void stageThatTakesMoreIsWorseAndOneThatTakesLessBetter(String benchmark, String stage) {
    RunResult usual = run(benchmark, stage, 1);
    RunResult more = run(benchmark, stage, 2);
    String name = Change.name(benchmark, stage);
    boolean isOfLimits = name.equals("G8");

    Gate worse = Gate.of(usual, more, Terms.USUAL);
    Gate better = Gate.of(more, usual, Terms.USUAL);

    assertThat(worse.outcome()).isEqualTo(Gate.Outcome.REGRESSION);
    assertThat(worse.reasons())
        .containsExactly(
            "worse: rocksdb " + name + (isOfLimits ? " smallest limit MiB" : " ns/op"));
    assertThat(better.outcome()).isEqualTo(Gate.Outcome.FINE);
    Map<Verdict, Gate> gates = Map.of(Verdict.WORSE, worse, Verdict.BETTER, better);
    for (Map.Entry<Verdict, Gate> judged : gates.entrySet()) {
      assertThat(judged.getValue().comparison().changes())
          .as("one metric for each stage")
          .hasSameSizeAs(StagedResults.STAGES.get(benchmark))
          .allSatisfy(
              change ->
                  assertThat(change.verdict())
                      .isEqualTo(change.name().equals(name) ? judged.getKey() : Verdict.NO_CHANGE));
    }
  }

  @Test
  void memoryOfEachStoreMoreIsJudgedWhereItIsNamed() {
    Terms terms = new Terms(Limits.USUAL, List.of(Metric.RESIDENT_BYTES_PER_STORE));
    RunResult usual = run("G10x10", "resident", 1);
    RunResult more = run("G10x10", "resident", 2);

    Gate worse = Gate.of(usual, more, terms);
    Gate better = Gate.of(more, usual, terms);

    assertThat(worse.reasons()).containsExactly("worse: rocksdb G10x10 open resident B/store");
    assertThat(better.comparison().changes())
        .singleElement()
        .satisfies(change -> assertThat(change.verdict()).isEqualTo(Verdict.BETTER));
  }

  /** How long it takes to come to a limit is not asked. */
  @Test
  void wayDownTheLimitsHasNoOtherFigureThanTheLimit() {
    RunResult run = run("G8", "all", 1);

    assertThat(run.cells())
        .filteredOn(cell -> cell.benchmark().equals("G8"))
        .flatExtracting(cell -> cell.estimates())
        .filteredOn(estimate -> estimate.outcome().equals("all"))
        .extracting(estimate -> estimate.metric())
        .containsExactly(Metric.SMALLEST_LIMIT_MIB);
    assertThat(run.cells())
        .filteredOn(cell -> cell.benchmark().equals("G8"))
        .flatExtracting(cell -> cell.estimates())
        .extracting(estimate -> estimate.metric())
        .doesNotContain(
            Metric.PEAK_RSS_BYTES, Metric.CPU_NANOS_PER_OP, Metric.ALLOCATED_BYTES_PER_OP);
  }

  /** A limit is one of few: the same one is no chance, and neither comes first. */
  @Test
  void equalLimitsAreATie() {
    RunResult run =
        StagedResults.aRun()
            .only("G8")
            .engine("rocksdb")
            .engine("lmdb")
            .engine("mvstore")
            .longer("mvstore", "G8", "all", 2)
            .result();
    Standing limits = Standing.in(Standing.of(run), "G8", "all");
    Standing times = Standing.in(Standing.of(run), "G8", "512MiB");

    assertThat(limits.isTied("rocksdb")).isTrue();
    assertThat(limits.isTied("lmdb")).isTrue();
    assertThat(limits.isTied("mvstore")).isFalse();
    assertThat(limits.isFastest("rocksdb")).isFalse();
    assertThat(times.isTied("rocksdb")).as("times have no ties").isFalse();
  }

  /** Medians that agree are no tie where forks do not, and nobody tried 768 MiB. */
  @Test
  void limitsOfWhichAForkDiffersAreNoTieAndTheirMiddleIsOneOfThem() {
    RunResult run =
        StagedResults.aRun()
            .only("G8")
            .engine("rocksdb")
            .engine("lmdb")
            .forks(2)
            .limit("lmdb", 1, 1024)
            .result();
    RunResult more =
        StagedResults.aRun()
            .only("G8")
            .engine("rocksdb")
            .engine("lmdb")
            .forks(3)
            .limit("lmdb", 1, 1024)
            .result();

    assertThat(run.cells())
        .filteredOn(cell -> cell.engine().equals("lmdb"))
        .flatExtracting(cell -> cell.estimates())
        .filteredOn(estimate -> estimate.metric() == Metric.SMALLEST_LIMIT_MIB)
        .extracting(estimate -> estimate.value())
        .containsExactly(1024.0);
    assertThat(Standing.in(Standing.of(more), "G8", "all").isTied("lmdb")).isFalse();
  }

  /** How much more is needed was not tried: no figure, so neither a tie nor a ratio. */
  @Test
  void engineThatPassesWithNoneOfTheLimitsIsNotCompared() {
    StagedResults runs = StagedResults.aRun().only("G8").engine("rocksdb").engine("lmdb").forks(1);
    Standing one = Standing.in(Standing.of(runs.limit("lmdb", 0, 0).result()), "G8", "all");
    Standing none = Standing.in(Standing.of(runs.limit("rocksdb", 0, 0).result()), "G8", "all");

    assertThat(one.engines()).containsExactly("rocksdb");
    assertThat(one.lead()).isEmpty();
    assertThat(none.isTied("rocksdb")).isFalse();
    assertThat(none.lead()).isEmpty();
  }

  private static RunResult run(String benchmark, String stage, double factor) {
    return StagedResults.aRun()
        .only(benchmark)
        .engine("rocksdb")
        .longer("rocksdb", benchmark, stage, factor)
        .result();
  }
}
