package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store lends is forgotten when it is closed: a store that stays open does not fill up. */
final class ClosedIsForgottenTest {
  private static final int MOST_COLLECTIONS = 50;
  private static final String SYNC = "sync";
  private static final GrantQuery ALL = new GrantQuery.Scan(SYNC);
  private static final Grant GRANT =
      Grant.of(
          "g1",
          new EntitlementRef("app", "app-1", "member"),
          new PrincipalRef("user", "u1"),
          Instant.EPOCH);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore", "memory"})
  void nothingThatIsClosedIsKept(String engine) {
    String location = engine.equals("memory") ? "memory:" : engine + ":" + folder.resolve("store");
    try (GrantStore store = GrantStores.open(location, StoreOptions.of(OpenMode.CREATE))) {
      store.startSync(SYNC, "full", Instant.EPOCH);
      store.put(SYNC, GRANT);
      for (WeakReference<?> lent : lendAndClose(store)) {
        for (int i = 0; i < MOST_COLLECTIONS && lent.get() != null; i++) {
          System.gc();
        }
        assertThat(lent.get()).isNull();
      }
    }
  }

  private static List<WeakReference<?>> lendAndClose(GrantStore store) {
    List<WeakReference<?>> lent = new ArrayList<>();
    try (GrantSnapshot snapshot = store.snapshot();
        GrantCursor ofSnapshot = snapshot.cursor(ALL);
        GrantCursor cursor = store.cursor(ALL);
        BulkLoad committed = load(store, "committed");
        BulkLoad closed = load(store, "closed")) {
      assertThat(cursor.next()).isTrue();
      assertThat(ofSnapshot.next()).isTrue();
      fill(committed);
      committed.commit(Instant.EPOCH);
      fill(closed);
      for (Object one : List.of(snapshot, ofSnapshot, cursor, committed, closed)) {
        lent.add(new WeakReference<>(one));
      }
    }
    return lent;
  }

  private static BulkLoad load(GrantStore store, String sync) {
    return store.bulkLoad(sync, "full", Instant.EPOCH, BulkLoadOptions.defaults());
  }

  private static void fill(BulkLoad load) {
    try (BulkPart part = load.openPart()) {
      part.add(GRANT);
    }
  }
}
