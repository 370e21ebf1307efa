package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.keyvalue.YieldPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RocksIngestTest {
  private static final StoreOptions OPTIONS =
      new StoreOptions(OpenMode.CREATE, Durability.BULK, 1 << 20, java.util.Map.of());

  @TempDir Path temp;

  @AfterEach
  void letThreadsBe() {
    YieldPoint.listen(null);
  }

  @Test
  void aSyncThatCouldNotBeMadeDurableIsNotSeen() {
    Path path = temp.resolve("store");
    GrantStore store = GrantStores.open("rocksdb:" + path, OPTIONS);
    BulkLoad load = store.bulkLoad("s", "full", SampleGrants.STARTED, BulkLoadOptions.defaults());
    try (BulkPart part = load.openPart()) {
      part.add(SampleGrants.grant(1, 0));
    }
    // Nothing can be flushed any more.
    atPoint("rows ingested", () -> Files.move(path.resolve("db"), path.resolve("gone")));

    GrantStoreException failed =
        catchThrowableOfType(GrantStoreException.class, () -> load.commit(SampleGrants.ENDED));

    assertThat(failed).isNotNull();
    assertThat(failed.getSuppressed()).hasSize(1);
    assertThat(store.sync("s")).isEmpty();
    assertThatThrownBy(() -> store.startSync("t", "full", SampleGrants.STARTED))
        .hasMessageContaining("reopen");
    assertThatCode(store::close).doesNotThrowAnyException();
  }

  private interface Doing {
    void run() throws IOException;
  }

  private static void atPoint(String name, Doing doing) {
    YieldPoint.listen(
        new YieldPoint.Listener() {
          @Override
          public void reached(String point) {
            if (point.equals(name)) {
              try {
                doing.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          }

          @Override
          public void outside(String point) {}

          @Override
          public boolean waiting() {
            return false;
          }
        });
  }
}
