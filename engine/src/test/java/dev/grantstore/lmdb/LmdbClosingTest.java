package dev.grantstore.lmdb;

import static dev.grantstore.lmdb.SampleStore.SYNC;
import static dev.grantstore.lmdb.SampleStore.fill;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.keyvalue.Children;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While one thread closes a cursor or snapshot, a store that another closes must wait for it: LMDB
 * ends the JVM when a transaction is used after its environment.
 */
final class LmdbClosingTest {
  private static final int READERS = 1_022;

  @TempDir private Path temp;
  private Database database;
  private SessionPool pool;
  private final Children children = new Children();

  @BeforeEach
  void openDatabase() throws IOException {
    Path location = temp.resolve("store");
    try (GrantStore store =
        GrantStores.open("lmdb:" + location, StoreOptions.of(OpenMode.CREATE))) {
      fill(store);
      assertThat(store.sync(SYNC)).isPresent();
    }
    database = Database.open(location.resolve("grants.mdb"), StoreOptions.of(OpenMode.OPEN));
    pool = new SessionPool(database);
  }

  @AfterEach
  void closeDatabase() {
    pool.close();
    database.close();
  }

  @Test
  void aCursorIsKnownToTheStoreUntilItsSessionIsBack() throws InterruptedException {
    AtomicReference<Thread.State> closer = new AtomicReference<>();
    Session session = pool.borrow();
    SessionSource sessions =
        new SessionSource() {
          @Override
          public Session borrow() {
            return session;
          }

          @Override
          public void giveBack(Session lent) {
            closer.set(stateOf(closeAll()));
            pool.giveBack(lent);
          }
        };
    byte[] prefix = KeyPrefix.ofSync(0);

    LmdbCursor.open(
            Keyspace.GRANTS,
            prefix,
            prefix,
            database.keyspace(Keyspace.GRANTS),
            session,
            sessions,
            children)
        .close();

    assertThat(closer).hasValue(Thread.State.BLOCKED);
  }

  @Test
  void aSnapshotIsKnownToTheStoreUntilItsSessionIsBack() throws InterruptedException {
    Session session = pool.borrow();
    SyncCatalog catalog;
    synchronized (session) {
      catalog = LmdbCatalog.read(database, session);
    }
    pool.giveBack(session);
    LmdbSnapshot snapshot = LmdbSnapshot.take(database, pool, catalog, new UUID(1, 2), children);
    Thread user = new Thread(snapshot::close, "user");
    Thread closer;
    synchronized (session) {
      user.start();
      assertThat(stateOf(user)).isEqualTo(Thread.State.BLOCKED);
      closer = closeAll();
      assertThat(stateOf(closer)).isEqualTo(Thread.State.BLOCKED);
    }
    user.join();
    closer.join();
  }

  @Test
  void aSessionThatIsClosedLeavesItsPlaceAmongTheReaders() {
    for (int i = 0; i < 2 * READERS; i++) {
      Session session = new Session(database);
      session.end();
      session.close();
    }
    assertThat(database.info().maxReaders).isEqualTo(READERS);
  }

  private Thread closeAll() {
    Thread thread = new Thread(children::closeAll, "closer");
    thread.start();
    return thread;
  }

  /** What a thread comes to: BLOCKED by a monitor, or TERMINATED. */
  private static Thread.State stateOf(Thread thread) {
    Thread.State state = thread.getState();
    while (state != Thread.State.BLOCKED && state != Thread.State.TERMINATED) {
      Thread.onSpinWait();
      state = thread.getState();
    }
    return state;
  }
}
