package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.embedded.SyncCatalog;
import dev.grantstore.layout.MetaKeys;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyncNumbersTest {
  private static final String SYNC = "sync";

  @TempDir(factory = MemoryDisk.class)
  Path folder;

  @Test
  void aStoreWithoutSyncNumbersRefusesAnotherSync() throws Exception {
    Path path = folder.resolve("store");
    try (GrantStore store = openStore()) {
      store.startSync(SYNC, "full", SampleGrants.STARTED);
    }
    StoreOptions options = StoreOptions.of(OpenMode.OPEN);
    try (RocksHandles handles =
        RocksHandles.open(path.resolve("db"), options, RocksSettings.of(options), false)) {
      byte[] none = {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
      handles.db().put(handles.meta(), MetaKeys.nextSync(), none);
      SyncCatalog stored = RocksCatalog.read(handles);
      assertThat(stored.nextNumber()).isEqualTo(Integer.MAX_VALUE);
    }

    try (GrantStore store = openStore()) {
      assertUnsupported(() -> store.startSync("more", "full", SampleGrants.STARTED));
      assertUnsupported(
          () -> store.bulkLoad("more", "full", SampleGrants.STARTED, BulkLoadOptions.defaults()));
      store.put(SYNC, SampleGrants.grant(1, 0));
      assertThat(store.get(SYNC, SampleGrants.grant(1, 0).id())).isPresent();
    }
  }

  private GrantStore openStore() {
    return Misuse.open(folder.resolve("store"), OpenMode.OPEN_OR_CREATE);
  }

  private static void assertUnsupported(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED));
  }
}
