package dev.grantstore.lmdb;

import static dev.grantstore.lmdb.SampleStore.SYNC;
import static dev.grantstore.lmdb.SampleStore.fill;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.StoreOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionTest {
  private static final int READERS = 1_022;

  @TempDir private Path temp;

  @Test
  void aSessionThatIsClosedLeavesItsPlaceAmongTheReaders() throws IOException {
    Path location = temp.resolve("store");
    try (GrantStore store =
        GrantStores.open("lmdb:" + location, StoreOptions.of(OpenMode.CREATE))) {
      fill(store);
    }
    try (LmdbFile file =
        LmdbFile.open(location.resolve("grants.mdb"), StoreOptions.of(OpenMode.OPEN))) {
      for (int i = 0; i < 2 * READERS; i++) {
        Session session = new Session(file);
        session.end();
        session.close();
      }
      assertThat(file.info().maxReaders).isEqualTo(READERS);
    }
  }

  /** Once more than there may be at a time, of each kind. */
  @Test
  void cursorsSnapshotsAndReadsLeaveTheirPlacesAmongTheReaders() {
    try (GrantStore store =
        GrantStores.open("lmdb:" + temp.resolve("store"), StoreOptions.of(OpenMode.CREATE))) {
      fill(store);
      for (int i = 0; i < READERS + 1; i++) {
        try (GrantCursor cursor = store.cursor(new GrantQuery.Scan(SYNC))) {
          assertThat(cursor.next()).isTrue();
        }
        try (GrantSnapshot snapshot = store.snapshot()) {
          assertThat(snapshot.sync(SYNC)).isPresent();
        }
        assertThat(store.page(new GrantQuery.Scan(SYNC), 1, PageToken.START).grants()).hasSize(1);
      }
    }
  }
}
