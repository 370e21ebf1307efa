package dev.grantstore.lmdb;

import static dev.grantstore.lmdb.SampleStore.fill;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
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
}
