package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.CorruptionException;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

final class SyncNumbersTest {
  private static final String SYNC = "sync";

  @TempDir Path folder;

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
      handles.db().put(handles.keyspace(Keyspace.META), MetaKeys.nextSync(), none);
      SyncCatalog stored = StoredRows.catalog(handles);
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

  @Test
  void aNumberThatWasNeverGivenOutIsCorruption() throws Exception {
    Path path = folder.resolve("store");
    try (GrantStore store = openStore()) {
      store.startSync(SYNC, "full", SampleGrants.STARTED);
      store.seal(SYNC, SampleGrants.ENDED);
    }
    byte[] whole = setNextNumber(path, new byte[Integer.BYTES]);
    byte[] mark = Files.readAllBytes(path.resolve("WATERMARK"));

    for (OpenMode mode : List.of(OpenMode.OPEN, OpenMode.OPEN_OR_CREATE, OpenMode.READ_ONLY)) {
      assertThatThrownBy(() -> Misuse.open(path, mode)).isInstanceOf(CorruptionException.class);
    }

    assertThat(Files.readAllBytes(path.resolve("WATERMARK"))).isEqualTo(mark);
    assertThat(setNextNumber(path, whole)).containsOnly(0);
    try (GrantStore store = openStore()) {
      assertThat(store.sync(SYNC)).isPresent();
    }
  }

  /** Replaces the next sync's number; what it was. */
  private static byte[] setNextNumber(Path path, byte[] number) throws RocksDBException {
    StoreOptions options = StoreOptions.of(OpenMode.OPEN);
    try (RocksHandles handles =
        RocksHandles.open(path.resolve("db"), options, RocksSettings.of(options), false)) {
      byte[] before =
          handles
              .db()
              .get(handles.keyspace(Keyspace.META), handles.readOptions(), MetaKeys.nextSync());
      handles.db().put(handles.keyspace(Keyspace.META), MetaKeys.nextSync(), number);
      return before;
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
