package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoldLoadTest {
  private static final Instant AT = CheckpointTest.AT;
  private static final int BEFORE_CLOSED = 3;

  @TempDir Path folder;

  @Test
  void aBaseWhoseStoreIsToBeClosedEndsItAtThePageThatComesNext() {
    StoreOptions options = StoreOptions.of(OpenMode.CREATE).withEngineOption("page_bytes", "300");
    try (GrantStore store = GrantStores.open("rocksdb:" + folder.resolve("store"), options)) {
      store.startSync("base", "full", AT);
      store.putAll("base", CheckpointTest.grants(0, 500));
      store.seal("base", AT);
      AtomicInteger asked = new AtomicInteger();
      try (GrantSnapshot moment = store.snapshot();
          FoldLoad load =
              ((PageTarget) store)
                  .fold(
                      SyncRun.open("m", "merged", AT),
                      new Closing(moment, asked),
                      "base",
                      BulkLoadOptions.defaults())
                  .orElseThrow()) {
        load.add(CheckpointTest.grants(500, 501).get(0));
        assertThatThrownBy(() -> load.commit(AT))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("closed");
      }
      assertThat(asked.get()).isEqualTo(BEFORE_CLOSED);
      assertThat(store.sync("m")).isEmpty();
      assertThat(store.verify().findings()).isEmpty();
    }
  }

  /** Is being closed when it was asked some times. */
  private record Closing(GrantSnapshot moment, AtomicInteger asked) implements StoredSyncs {
    @Override
    public <T> T stored(String syncId, Reading<T> reading) {
      return ((StoredSyncs) moment)
          .stored(
              syncId,
              (row, view, requireOpen) ->
                  reading.read(
                      row,
                      view,
                      () -> {
                        if (asked.incrementAndGet() == BEFORE_CLOSED) {
                          throw new IllegalStateException("snapshot is closed");
                        }
                      }));
    }
  }
}
