package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableFilesTest {
  @TempDir Path folder;

  @Test
  void theCheckOfChecksumsCanBeBrokenOffBeforeEachFile() throws Exception {
    try (GrantStore store =
        GrantStores.open("rocksdb:" + folder.resolve("store"), StoreOptions.of(OpenMode.CREATE))) {
      store.startSync("sync", "full", SampleGrants.STARTED);
      store.putAll("sync", SampleGrants.grants(0, 200));
      store.settle(Duration.ofMinutes(1));
    }
    StoreOptions options = Misuse.options(OpenMode.OPEN);
    try (RocksHandles handles =
        RocksHandles.open(folder.resolve("store/db"), options, RocksSettings.of(options), false)) {
      int files = handles.db().getLiveFilesMetaData().size();
      assertThat(files).isGreaterThan(2);
      AtomicInteger looks = new AtomicInteger();

      TableFiles.verify(handles, looks::incrementAndGet);
      assertThat(looks).hasValue(files);

      CancellationException end = new CancellationException();
      assertThatThrownBy(
              () ->
                  TableFiles.verify(
                      handles,
                      () -> {
                        if (looks.decrementAndGet() == 1) {
                          throw end;
                        }
                      }))
          .isSameAs(end);
      assertThat(looks).hasValue(1);
    }
  }
}
