package dev.grantstore.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.StoreStats;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.HarnessCost;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellResult.Steadiness;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.KeyDistribution;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.testengine.ManualTicker;
import dev.grantstore.bench.testengine.Subjects;
import dev.grantstore.bench.testengine.TimedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is reported of each benchmark in time that a test decides: one right number each. */
final class EveryBenchmarkTest {
  /** A look at the clock takes a tenth of an operation, a quarter of that on the processor. */
  private static final long LOOK_NANOS = 100_000;

  private static final long OPERATION_NANOS = 1_000_000;
  private static final double CPU_NANOS_PER_LOOK = LOOK_NANOS / 4.0;
  private static final int OPERATIONS = 20;
  private static final Duration MEASURED = Duration.ofNanos(OPERATIONS * OPERATION_NANOS);

  private static final Subject SUBJECT = Subjects.inMemory();

  private final ManualTicker ticker = new ManualTicker(LOOK_NANOS);

  static Stream<String> names() {
    return Benchmarks.ALL.stream().map(Benchmark::name);
  }

  static Stream<String> readers() {
    return Benchmarks.ALL.stream()
        .filter(Benchmark::takesThreads)
        .map(Benchmark::name)
        .filter(name -> !name.equals("G1"));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void readsTakeWhatTheStoreAndOneLookAtTheClockTake(String name) {
    for (int threads : new int[] {1, 3}) {
      CellResult cell = measure(name, threads, new Halt());

      Outcome all = cell.outcomes().get(0);
      assertThat(cell.outcomes()).hasSize(1);
      assertThat(all.name()).isEqualTo("all");
      assertThat(all.ops()).isEqualTo((long) threads * OPERATIONS);
      assertThat(all.opsPerSecond()).isEqualTo(threads * 1_000, within(1e-6));
      assertThat(all.rowsPerSecond()).isEqualTo(threads * 1_000 * all.rowsPerOp(), within(1e-3));
      assertThat(all.nanosPerOp()).isEqualTo(OPERATION_NANOS);
      assertThat(all.latency().p50Nanos()).isEqualTo(OPERATION_NANOS);
      assertThat(all.latency().maxNanos()).isEqualTo(OPERATION_NANOS);
      assertThat(cell.interrupted()).isFalse();
      assertThat(cell.rate().windowsPerSecond()).hasSize(10);
      if (cell.rate().unit().equals("ops")) {
        assertThat(cell.rate().windowsPerSecond()).containsOnly(threads * 1_000.0);
      }
      assertThat(cell.resources().allocatedBytesPerOp()).isZero();
      assertThat(cell.resources().threadCpuNanosPerOp())
          .isEqualTo(CPU_NANOS_PER_LOOK * (OPERATIONS + 1) / OPERATIONS, within(1e-6));
    }
  }

  /** Nothing but a look for each operation, and one before: 200 in the 20 ms of the cell. */
  @ParameterizedTest
  @MethodSource("readers")
  void harnessOfReadsIsTheProcessorTimeOfOneLook(String name) {
    HarnessCost harness = measure(name, 2, new Halt()).harness();

    double expected = CPU_NANOS_PER_LOOK * 201 / 200;
    assertThat(harness.nanosPerOp()).isEqualTo(expected, within(1e-6));
    assertThat(harness.sharePercent()).isEqualTo(100 * expected / OPERATION_NANOS, within(1e-9));
    assertThat(harness.exceedsLimit()).isFalse();
  }

  /** 1,500 looks. */
  @Test
  void harnessIsMeasuredFor150MillisecondsAtMost() {
    Duration longer = Duration.ofMillis(200);
    CellResult cell = measure("G2", settings(longer, 1, 0, Temperature.WARM, 0), new Halt());

    assertThat(cell.harness().nanosPerOp())
        .isEqualTo(CPU_NANOS_PER_LOOK * 1_501 / 1_500, within(1e-6));
  }

  /** Beside a load and its two looks: three more, and the scan that compares. */
  @Test
  void loadsTakeWhatTheStoreAndOneLookAtTheClockTake() {
    for (int threads : new int[] {1, 3}) {
      CellResult cell = measure("G1", threads, new Halt());

      Outcome all = cell.outcomes().get(0);
      assertThat(all.ops()).isEqualTo((long) Math.ceil(20 / (0.9 + 0.9 + 0.5)));
      assertThat(all.rows()).isEqualTo(all.ops() * Subjects.SPEC.grants());
      assertThat(all.nanosPerOp()).isEqualTo(OPERATION_NANOS);
      assertThat(all.opsPerSecond()).isEqualTo(1_000, within(1e-6));
      assertThat(all.rowsPerSecond()).isEqualTo(1_000.0 * Subjects.SPEC.grants(), within(1e-3));
      assertThat(cell.rate().windowsPerSecond()).containsOnly(1_000.0 * Subjects.SPEC.grants());
      assertThat(cell.resources().threadCpuNanosPerOp()).isEqualTo(2 * CPU_NANOS_PER_LOOK);
      assertThat(cell.harness().nanosPerOp())
          .isEqualTo(2 * CPU_NANOS_PER_LOOK / threads, within(1e-6));
      assertThat(cell.figures())
          .containsEntry("settleSeconds", LOOK_NANOS / 1e9)
          .containsEntry("diskBytesPerGrant", 4096.0 / Subjects.SPEC.grants());
    }
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
  @ValueSource(strings = {"G2", "G2view", "Check"})
  void missesAreApart(String name) {
    CellResult cell = measure(name, settings(MEASURED, 1, 0.5, Temperature.WARM, 0), new Halt());

    assertThat(cell.outcomes()).extracting(Outcome::name).containsExactly("hit", "miss");
    Outcome hit = cell.outcomes().get(0);
    Outcome miss = cell.outcomes().get(1);
    assertThat(hit.ops() + miss.ops()).isEqualTo(OPERATIONS);
    assertThat(miss.rows()).isZero();
    assertThat(hit.opsPerSecond()).isEqualTo(1_000, within(1e-6));
    assertThat(miss.opsPerSecond()).isEqualTo(1_000, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({
    "G2, a whole Grant",
    "G2view, a GrantView",
    "G3, grant id",
    "G3all, all fields",
    "G3batch, all fields by batches",
    "G3x20, grant id",
    "G4, grant id",
    "G4all, all fields",
    "G4batch, all fields by batches",
    "G5, grant id",
    "G5all, all fields",
    "G5batch, all fields by batches",
    "Check, yes or no",
    "G2+writes, a whole Grant"
  })
  void resultSaysWhatIsLookedAt(String name, String looked) {
    assertThat(measure(name, 1, new Halt()).notes()).containsEntry(CellResult.LOOKS_AT, looked);
  }

  @Test
  void listsAndScanReturnEveryRow() {
    assertThat(measure("G5", 1, new Halt()).outcomes().get(0).rowsPerOp())
        .isEqualTo((double) Subjects.SPEC.grants());
  }

  /** The last look is a look's time after the end, when one more was due. */
  @Test
  void rateOfAnOpenLoopIsWhatItDidAndNotWhatItCouldDo() {
    Duration whole = Duration.ofMillis(200);
    CellResult cell = measure("G2", settings(whole, 1, 0, Temperature.WARM, 500), new Halt());

    assertThat(cell.outcomes().get(0).ops()).isEqualTo(100);
    assertThat(cell.outcomes().get(0).opsPerSecond()).isEqualTo(500 * 100 / 101.0, within(1e-9));
    assertThat(cell.outcomes().get(0).nanosPerOp()).isEqualTo(OPERATION_NANOS);
  }

  @Test
  void coldCellAsksForEachKeyOnceAndIsNeverCalledSteady() {
    CellResult cell =
        measure("G2", settings(Duration.ofHours(1), 1, 0, Temperature.COLD, 0), new Halt());

    assertThat(cell.interrupted()).isFalse();
    assertThat(cell.outcomes().get(0).ops()).isEqualTo(SUBJECT.keys().grants().size());
    assertThat(cell.rate().steadiness().verdict()).isEqualTo(Steadiness.Verdict.TOO_SHORT);
  }

  /** An engine that reads all of its file to open or to tell of itself would be warm. */
  @Test
  void coldCellIsCooledAfterTheStoreToldOfItselfAndBeforeItIsAsked() {
    List<String> order = new ArrayList<>();
    GrantStore noted =
        new ForwardingGrantStore(SUBJECT.store()) {
          @Override
          public StoreStats stats() {
            order.add("stats");
            return super.stats();
          }

          @Override
          public Optional<Grant> get(String syncId, String grantId) {
            order.add("get");
            return super.get(syncId, grantId);
          }
        };
    Subject cooled = Subjects.cooled(() -> order.add("cooled"), SUBJECT.through(noted));

    for (Temperature temperature : Temperature.values()) {
      order.clear();
      CellSettings settings = settings(Duration.ofMillis(20), 1, 0, temperature, 0);
      Cell.measure(Benchmarks.named(List.of("G2")).get(0), cooled, settings, new Halt());

      if (temperature == Temperature.COLD) {
        assertThat(order).startsWith("stats", "cooled", "get").containsOnlyOnce("cooled");
      } else {
        assertThat(order).startsWith("stats", "get").doesNotContain("cooled");
      }
    }
  }

  @Test
  void stateOfAStoreThatIsNotAskedIsNotReported() {
    CellResult write = measure("G2+writes", 1, new Halt());

    assertThat(write.before().engine()).isEmpty();
    assertThat(write.figures())
        .containsEntry("writer.dueGrantsPerSecond", 10_000.0)
        .containsKey("writer.grantsPerSecond");
  }

  private CellResult measure(String name, int threads, Halt halt) {
    return measure(name, CellSettings.closed(MEASURED, MEASURED, threads, 0, 1), halt);
  }

  private CellResult measure(String name, CellSettings settings, Halt halt) {
    Subject timed =
        Subjects.writing(
            new Subjects.MemoryScratch(this::timed), SUBJECT.through(timed(SUBJECT.store())));
    Benchmark benchmark = Benchmarks.named(List.of(name)).get(0);
    return Cell.measure(benchmark, Subjects.timed(ticker, timed), settings, halt);
  }

  private GrantStore timed(GrantStore store) {
    return new TimedStore(store, ticker, Duration.ofNanos(OPERATION_NANOS - LOOK_NANOS));
  }

  private static CellSettings settings(
      Duration duration, int threads, double missRatio, Temperature temperature, double rate) {
    Duration none = Duration.ZERO;
    return new CellSettings(
        none, none, duration, threads, missRatio, 1, KeyDistribution.UNIFORM, temperature, rate);
  }
}
