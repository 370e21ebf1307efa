package dev.grantstore.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.KeyDistribution;
import dev.grantstore.bench.result.Outcome;
import dev.grantstore.bench.result.Steadiness;
import dev.grantstore.bench.result.Temperature;
import dev.grantstore.bench.testengine.HaltingStore;
import dev.grantstore.bench.testengine.Subjects;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EveryBenchmarkTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  /** Never reached: the store halts the loop. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private static final Subject SUBJECT = Subjects.inMemory();

  static Stream<String> names() {
    return Benchmarks.ALL.stream().map(Benchmark::name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void measuresAMemoryStore(String name) {
    CellResult cell = measure(name, 1, new Halt());

    Outcome all = cell.outcomes().get(0);
    assertThat(cell.outcomes()).hasSize(1);
    assertThat(all.name()).isEqualTo("all");
    assertThat(all.ops()).isPositive();
    assertThat(all.nanosPerOp()).isPositive();
    assertThat(all.latency().maxNanos()).isPositive();
    assertThat(cell.harness().nanosPerOp()).isPositive();
    assertThat(cell.resources().allocatedBytesPerOp()).isNotNegative();
    assertThat(cell.interrupted()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("names")
  void measuresWithSeveralThreads(String name) {
    CellResult cell = measure(name, 3, new Halt());

    assertThat(cell.outcomes().get(0).ops()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("names")
  void haltedBeforehandMeasuresNothing(String name) {
    Halt halt = new Halt();
    halt.request();

    CellResult cell = measure(name, 1, halt);

    assertThat(cell.outcomes()).isEmpty();
    assertThat(cell.interrupted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"G2", "Check"})
  void missesAreApart(String name) {
    Halt halt = new Halt();
    Subject halting = Subjects.through(new HaltingStore(SUBJECT.store(), 1000, halt), SUBJECT);
    CellSettings settings = CellSettings.closed(Duration.ZERO, LONG, 1, 0.5, 1);

    CellResult cell = Cell.measure(benchmark(name), halting, settings, halt);

    assertThat(cell.outcomes()).extracting(Outcome::name).containsExactly("hit", "miss");
  }

  @Test
  void listsAndScanReturnEveryRow() {
    CellResult scan = measure("G5", 1, new Halt());
    CellResult write = measure("G1", 1, new Halt());

    assertThat(scan.outcomes().get(0).rowsPerOp()).isEqualTo((double) Subjects.SPEC.grants());
    assertThat(write.outcomes().get(0).rowsPerOp()).isEqualTo((double) Subjects.SPEC.grants());
    assertThat(write.figures()).containsKeys("diskBytesPerGrant", "settleSeconds");
  }

  @Test
  void rateOfAnOpenLoopIsWhatItDidAndNotWhatItCouldDo() {
    Duration whole = Duration.ofMillis(200);
    CellSettings settings =
        new CellSettings(
            Duration.ZERO,
            Duration.ZERO,
            whole,
            1,
            0,
            1,
            KeyDistribution.UNIFORM,
            Temperature.WARM,
            500);

    CellResult cell = Cell.measure(benchmark("G2"), SUBJECT, settings, new Halt());

    assertThat(cell.outcomes().get(0).opsPerSecond()).isPositive().isLessThanOrEqualTo(500.001);
  }

  @Test
  void rateOfAColdCellIsNeverCalledSteady() {
    CellSettings settings =
        new CellSettings(
            Duration.ZERO,
            Duration.ZERO,
            LONG,
            1,
            0,
            1,
            KeyDistribution.UNIFORM,
            Temperature.COLD,
            0);

    Halt halt = new Halt();
    Subject ending = Subjects.through(new HaltingStore(SUBJECT.store(), 100_000, halt), SUBJECT);

    CellResult cell = Cell.measure(benchmark("G2"), ending, settings, halt);

    assertThat(cell.interrupted()).isFalse();
    assertThat(cell.outcomes().get(0).ops())
        .isPositive()
        .isLessThanOrEqualTo(Temperature.MOST_COLD_OPS);
    assertThat(cell.rate().steadiness().verdict()).isEqualTo(Steadiness.Verdict.TOO_SHORT);
  }

  @Test
  void stateOfAStoreThatIsNotAskedIsNotReported() {
    CellResult write = measure("G2+writes", 1, new Halt());

    assertThat(write.before().engine()).isEmpty();
    assertThat(write.figures())
        .containsEntry("writer.dueGrantsPerSecond", 10_000.0)
        .containsKey("writer.grantsPerSecond");
  }

  private static CellResult measure(String name, int threads, Halt halt) {
    CellSettings settings = CellSettings.closed(SHORT, SHORT, threads, 0, 1);
    return Cell.measure(benchmark(name), SUBJECT, settings, halt);
  }

  private static Benchmark benchmark(String name) {
    return Benchmarks.named(List.of(name)).get(0);
  }
}
