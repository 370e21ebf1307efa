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
    Subject subject = Subjects.inMemory();
    String place = "rocksdb:" + folder.resolve("store");
    try (GrantStore store = GrantStores.open(place, StoreOptions.of(OpenMode.CREATE))) {
      String id = subject.syncId();
      SyncFiles.copy(subject.store(), id, store, id, BulkLoadOptions.defaults());
    }
    AskedCell lists = new AskedCell("G3", CellSettings.closed(MOMENT, MOMENT, 1, 0, 1));

    SortedMap<String, ReadCounters> counted =
        new CounterPass(place, StoreOptions.of(OpenMode.READ_ONLY), new Halt())
            .count(List.of(lists), subject);

    ReadCounters counters = Objects.requireNonNull(counted.get(lists.question()));
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
}
