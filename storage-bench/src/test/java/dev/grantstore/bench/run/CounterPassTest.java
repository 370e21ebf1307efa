package dev.grantstore.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.benchmark.Subject;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.ReadCounters;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import dev.grantstore.bench.testengine.ManualTicker;
import dev.grantstore.bench.testengine.Subjects;
import dev.grantstore.container.SyncFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine counts beside its answers. */
final class CounterPassTest {
  private static final Duration MOMENT = Duration.ofNanos(1);

  @TempDir private Path folder;

  /** What was counted is whole numbers, and a list has several rows. */
  @Test
  void whatIsToldOfAnOperationIsThatOfAllByTheirNumber() {
    ReadCounters counters = counted(stored(Subjects.inMemory()));
    assertThat(counters.rows()).isGreaterThan(counters.ops());
    assertThat(counters.perOp().values()).anyMatch(value -> value > 0);
    counters
        .perOp()
        .forEach(
            (name, value) -> {
              double all = value * counters.ops();
              assertThat(all).as(name).isCloseTo(Math.rint(all), within(1e-6 * (1 + all)));
            });
  }

  /** The engine counts on for as long as the thread lives. */
  @Test
  void whatWasReadBeforeIsNotOfAnOperation() {
    Subject subject = stored(timeless(Subjects.inMemory()));

    ReadCounters first = counted(subject);

    for (int again = 0; again < 3; again++) {
      ReadCounters more = counted(subject);
      assertThat(more.ops()).isEqualTo(first.ops());
      for (String name : List.of("key-comparisons", "block-reads", "block-read-bytes")) {
        assertThat(more.perOp()).as(name).containsEntry(name, first.perOp().get(name));
      }
      assertThat(more.blockMisses()).isEqualTo(first.blockMisses());
      assertThat(more.blockHits()).isEqualTo(first.blockHits());
    }
  }

  private String place() {
    return "rocksdb:" + folder.resolve("store");
  }

  private Subject stored(Subject subject) {
    try (GrantStore store = GrantStores.open(place(), StoreOptions.of(OpenMode.CREATE))) {
      String id = subject.syncId();
      SyncFiles.copy(subject.store(), id, store, id, BulkLoadOptions.defaults());
    }
    return subject;
  }

  private ReadCounters counted(Subject subject) {
    AskedCell lists = new AskedCell("G3", CellSettings.closed(MOMENT, MOMENT, 1, 0, 1));
    SortedMap<String, ReadCounters> counted =
        new CounterPass(place(), StoreOptions.of(OpenMode.READ_ONLY), new Halt())
            .count(List.of(lists), subject);
    return Objects.requireNonNull(counted.get(lists.question()));
  }

  /** It is asked as often each time, however fast that goes. */
  private static Subject timeless(Subject of) {
    return new Subject(
        of.measured(),
        of.sync(),
        of.keys(),
        of.choice(),
        of.grants(),
        of.scratch(),
        of.cooling(),
        of.limited(),
        of.slowdownPercent(),
        new ManualTicker());
  }
}
