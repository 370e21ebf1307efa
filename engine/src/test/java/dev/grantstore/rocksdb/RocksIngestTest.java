package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.grantstore.ContentDigest;
import dev.grantstore.Durability;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.StoreFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RocksIngestTest {
  private static final StoreOptions OPTIONS =
      new StoreOptions(OpenMode.OPEN, Durability.BULK, 1 << 20, java.util.Map.of());

  @TempDir Path temp;

  @Test
  void aSyncThatCouldNotBeMadeDurableIsNotSeen() throws Exception {
    Path path = temp.resolve("store");
    Misuse.open(path, OpenMode.CREATE).close();
    RocksSettings settings = RocksSettings.of(OPTIONS);
    try (StoreFolder folder = StoreFolder.claim(path.toString(), "rocksdb", OpenMode.OPEN);
        RocksHandles handles = RocksHandles.open(folder.database(), OPTIONS, settings, false);
        RocksWrites writes =
            new RocksWrites(handles, new Watermark(folder), RocksCatalog.read(handles))) {
      RocksIngest ingest = new RocksIngest(handles, writes);
      SyncRow row = ingest.reserve(SyncRun.open("s", "full", SampleGrants.STARTED));
      writes.beginIngest(row);
      // Nothing can be flushed any more.
      Files.move(path.resolve("db"), path.resolve("gone"));
      GrantStoreException failed =
          catchThrowableOfType(
              GrantStoreException.class,
              () -> writes.finishIngest(row, SampleGrants.ENDED, ContentDigest.EMPTY));
      assertThat(failed).isNotNull();

      ingest.undo(row, failed);

      assertThat(writes.hasFailed()).isTrue();
      assertThat(writes.catalog().find("s")).isEmpty();
      assertThat(failed.getSuppressed()).hasSize(1);
    }
  }
}
