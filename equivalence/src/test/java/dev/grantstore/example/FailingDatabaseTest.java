package dev.grantstore.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreStats;
import dev.grantstore.keyvalue.Batch;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.KeyValueStore;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.View;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine on the seam may fail at, and what the store makes of it. */
final class FailingDatabaseTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;

  private final Failing database = new Failing();

  @Test
  void aWriteThatStandsIsCountedWhateverFailsAfterIt() {
    try (GrantStore store = open()) {
      store.startSync("s", "full", NOW);
      database.afterCommitFails = true;
      assertThatThrownBy(() -> store.put("s", grant(1))).isInstanceOf(GrantStoreException.class);
      database.afterCommitFails = false;

      store.put("s", grant(2));

      DigestAccumulator both = new DigestAccumulator();
      both.add(grant(1));
      both.add(grant(2));
      assertThat(store.seal("s", NOW).digest()).contains(both.digest());
    }
  }

  /** The system forgets pages that it could not write: a second sync would say that all is well. */
  @Test
  void afterASyncThatFailedNothingMoreIsWritten() {
    GrantStore store = open();
    store.startSync("s", "full", NOW);
    store.put("s", grant(1));
    database.syncFails = true;
    assertThatThrownBy(store::flush)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IO));
    database.syncFails = false;
    long marked = database.marked;

    assertThatThrownBy(() -> store.put("s", grant(2))).hasMessageContaining("reopen");
    assertThatThrownBy(store::flush).hasMessageContaining("reopen");
    assertThat(store.get("s", "g1")).isPresent();
    store.close();
    assertThat(database.marked).isEqualTo(marked);
  }

  @Test
  void aLoadThatCouldNotBeMadeDurableIsNotSeen() {
    try (GrantStore store = open()) {
      BulkLoad load = store.bulkLoad("s", "full", NOW, BulkLoadOptions.defaults());
      try (BulkPart part = load.openPart()) {
        part.add(grant(1));
      }
      database.syncFails = true;

      assertThatThrownBy(() -> load.commit(NOW)).isInstanceOf(GrantStoreException.class);

      assertThat(store.sync("s")).isEmpty();
      assertThat(store.syncs()).isEmpty();
    }
  }

  private GrantStore open() {
    return KeyValueStore.open(database, folder, () -> {});
  }

  private static Grant grant(int number) {
    return Grant.of(
        "g" + number,
        new EntitlementRef("app", "a", "member"),
        new PrincipalRef("user", "u" + number),
        NOW);
  }

  /** The example, of which each commit waits for a sync. */
  private static final class Failing implements KeyValueDatabase {
    private final ExampleDatabase sound = new ExampleDatabase();
    boolean afterCommitFails;
    boolean syncFails;
    long marked;

    @Override
    public View live() {
      return sound.live();
    }

    @Override
    public View snapshot() {
      return sound.snapshot();
    }

    @Override
    public Batch begin(boolean durably) {
      Batch batch = sound.begin(durably);
      return new Batch() {
        @Override
        public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value)
            throws Exception {
          return batch.get(keyspace, key, keyLength, value);
        }

        @Override
        public void put(Keyspace keyspace, byte[] key, int keyLength, byte[] value, int valueLength)
            throws Exception {
          batch.put(keyspace, key, keyLength, value, valueLength);
        }

        @Override
        public void delete(Keyspace keyspace, byte[] key, int keyLength) throws Exception {
          batch.delete(keyspace, key, keyLength);
        }

        @Override
        public void deleteSync(int sync) throws Exception {
          batch.deleteSync(sync);
        }

        @Override
        public boolean commit() throws Exception {
          batch.commit();
          return false;
        }

        @Override
        public void close() throws Exception {
          batch.close();
        }
      };
    }

    @Override
    public void sync() throws IOException {
      if (syncFails) {
        throw new IOException("planted: no sync");
      }
    }

    @Override
    public void mark(long commit) {
      marked = commit;
    }

    @Override
    public void afterCommit(long commit) throws IOException {
      if (afterCommitFails) {
        throw new IOException("planted: nothing after a commit");
      }
    }

    @Override
    public StoreStats stats() {
      return sound.stats();
    }

    @Override
    public void close() {}
  }
}
