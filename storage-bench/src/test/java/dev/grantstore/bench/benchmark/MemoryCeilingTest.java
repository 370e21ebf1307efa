package dev.grantstore.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.benchmark.LimitedJvms.Ended;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.StageNotes;
import dev.grantstore.bench.testengine.ManualTicker;
import dev.grantstore.bench.testengine.Subjects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The way down a ladder of limits, with JVMs that a test lets die. */
final class MemoryCeilingTest {
  private static final Subject SUBJECT = Subjects.inMemory();

  private final ManualTicker ticker = new ManualTicker(1);
  private final Map<Long, Ended> bursts = new HashMap<>();

  @Test
  void ladderEndsWhereAJvmDiesAndThatIsNoFailure() {
    List<Integer> asked = new ArrayList<>();
    CellResult cell =
        ladder(
            (heap, patience) -> {
              asked.add(heap);
              return heap >= 256 ? burst(heap == 1024 ? 100 : 150) : died("OutOfMemoryError");
            });

    assertThat(asked).containsExactly(1024, 512, 256, 128);
    assertThat(cell.outcomes())
        .extracting(Outcome::name)
        .containsExactly("all", "1024MiB", "512MiB", "256MiB");
    assertThat(nanos(cell, "512MiB")).isEqualTo(150);
    assertThat(cell.figures())
        .containsEntry(CellResult.SMALLEST_LIMIT, 256.0)
        .containsEntry("slowdown.1024", 1.0)
        .containsEntry("slowdown.256", 1.5)
        .doesNotContainKey("slowdown.128");
    assertThat(cell.notes())
        .containsEntry(StageNotes.DIED_AT, "128 MiB")
        .containsEntry("died of", "OutOfMemoryError")
        .containsEntry(StageNotes.LIMITED, LimitedJvms.OF_HEAP)
        .hasEntrySatisfying("slowdown", words -> assertThat(words).contains("one JVM's first"));
    assertThat(cell.isOfLimits()).isTrue();
  }

  @Test
  void ladderOfWhichEveryLimitPassesNamesTheLast() {
    CellResult cell = ladder((heap, patience) -> burst(100));

    assertThat(cell.figures()).containsEntry(CellResult.SMALLEST_LIMIT, 64.0);
    assertThat(cell.notes())
        .doesNotContainKey(StageNotes.DIED_AT)
        .containsEntry("passed", "all limits: less than 64 MiB may be enough");
  }

  @Test
  void ladderOfWhichNoLimitPassesHasNoBurstAndNamesNoLimitThatNobodyTried() {
    CellResult cell = ladder((heap, patience) -> died("status 137"));

    assertThat(cell.outcomes()).extracting(Outcome::name).containsExactly("all");
    assertThat(cell.figures())
        .containsEntry(CellResult.MORE_THAN, 1024.0)
        .doesNotContainKey(CellResult.SMALLEST_LIMIT);
    assertThat(cell.isOfLimits()).isTrue();
    assertThat(cell.notes())
        .containsEntry(StageNotes.DIED_AT, "1024 MiB")
        .containsEntry("passed", "none of the limits: more than 1024 MiB is needed");
  }

  /** 20 times as long as with the most memory, two minutes at least. */
  @Test
  void ladderWaitsForTheFirstAsLongAsItTakesAndForOthersByThat() {
    List<Duration> waits = new ArrayList<>();
    ladder(
        (heap, patience) -> {
          waits.add(patience);
          return heap > 512 ? burst(60_000_000_000L) : died("slow");
        });

    assertThat(waits).containsExactly(Duration.ofDays(7), Duration.ofMinutes(20));
  }

  /** Nothing says that it was memory which it lacked. */
  @Test
  void jvmThatTakesTooLongHasNotDied() {
    CellResult cell =
        ladder((heap, patience) -> heap > 512 ? burst(100) : new Ended(null, "no answer", true));

    assertThat(cell.figures()).containsEntry(CellResult.SMALLEST_LIMIT, 1024.0);
    assertThat(cell.notes())
        .doesNotContainKey(StageNotes.DIED_AT)
        .containsEntry("too slow at", "512 MiB")
        .hasEntrySatisfying("too slow", words -> assertThat(words).contains("not ended by want"));
  }

  private interface Jvms {
    Ended run(int heapMib, Duration patience);
  }

  private CellResult ladder(Jvms jvms) {
    Subject subject =
        Subjects.limited(
            (heap, benchmark, settings, patience) -> Optional.of(jvms.run(heap, patience)),
            SUBJECT);
    return Cell.measure(
        Benchmarks.named(List.of("G8")).get(0),
        Subjects.timed(ticker, subject),
        warm(),
        new Halt());
  }

  /** Measured once, for a collection goes before each cell. */
  private Ended burst(long nanos) {
    return bursts.computeIfAbsent(nanos, this::measuredBurst);
  }

  private Ended measuredBurst(long nanos) {
    StagedBenchmark same =
        new StagedBenchmark() {
          @Override
          public String name() {
            return Burst.NAME;
          }

          @Override
          public String title() {
            return "";
          }

          @Override
          public String description() {
            return "";
          }

          @Override
          public boolean countsRows() {
            return true;
          }

          @Override
          public void run(Subject subject, CellSettings settings, StagedCell into, Halt halt) {
            into.record("all", nanos, 12);
          }
        };
    return new Ended(Cell.measure(same, SUBJECT, warm(), new Halt()), "", false);
  }

  private static Ended died(String of) {
    return new Ended(null, of, false);
  }

  private static long nanos(CellResult cell, String stage) {
    Outcome outcome =
        cell.outcomes().stream().filter(o -> o.name().equals(stage)).findFirst().orElseThrow();
    return Math.round(outcome.nanosPerOp());
  }

  private static CellSettings warm() {
    return CellSettings.closed(Duration.ZERO, Duration.ofNanos(1), 1, 0, 1);
  }
}
