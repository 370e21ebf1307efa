package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.container.SaveOptions;
import dev.grantstore.container.SyncFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a store's folder the store may take for its own and remove: nothing is made there. */
final class CheckpointPlaceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void withinTheStoresOwnFolderIsNoPlaceForIt(String engine) throws IOException {
    Path own = folder.resolve("store");
    Files.createSymbolicLink(folder.resolve("link"), own);
    try (GrantStore store = filled(engine)) {
      Files.createDirectory(own.resolve("below"));
      Files.createSymbolicLink(folder.resolve("link-below"), own.resolve("below"));
      // The next opening takes the first for what a load left, and the second for digests.
      for (Path place :
          List.of(
              own.resolve("bulk-7"),
              own.resolve("digests-99"),
              own.resolve("below").resolve("copy"),
              folder.resolve("link").resolve("copy"),
              folder.resolve("link-below").resolve("copy"),
              own.resolve("..").resolve("store").resolve("copy"))) {
        for (CheckpointFiles files : CheckpointFiles.values()) {
          assertRefused(Reason.NOT_A_STORE, () -> store.checkpoint(place, files));
        }
      }
    }
    assertThat(CheckpointTest.leftovers(folder)).isEmpty();
    open(engine, "store", OpenMode.OPEN).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void withinTheFolderOfAnotherStoreIsNoPlaceEither(String engine) throws IOException {
    Path other = folder.resolve("other");
    open(engine, "other", OpenMode.CREATE).close();
    Files.createSymbolicLink(folder.resolve("link"), other);
    Files.createDirectory(other.resolve("below"));
    Files.createSymbolicLink(folder.resolve("link-below"), other.resolve("below"));
    try (GrantStore store = filled("lmdb")) {
      for (Path place :
          List.of(
              other.resolve("bulk-7"),
              other.resolve("below").resolve("digests-99"),
              folder.resolve("link").resolve("bulk-7"),
              folder.resolve("link-below").resolve("bulk-7"))) {
        assertRefused(Reason.NOT_A_STORE, () -> store.checkpoint(place));
        assertRefused(
            Reason.NOT_A_STORE,
            () -> SyncFiles.save(store, List.of("sealed"), place, SaveOptions.defaults()));
        for (String made : List.of("rocksdb", "sqlite", "lmdb", "mvstore")) {
          StoreOptions creating = StoreOptions.of(OpenMode.CREATE);
          assertRefused(
              Reason.NOT_A_STORE, () -> GrantStores.open(made + ":" + place, creating).close());
        }
        assertThat(place).doesNotExist();
      }
    }
    assertThat(CheckpointTest.leftovers(folder)).isEmpty();
    open(engine, "other", OpenMode.OPEN).close();
  }

  private GrantStore filled(String engine) {
    return CheckpointTest.fill(folder.resolve("store"), engine, OpenMode.CREATE, Durability.WAL);
  }

  private GrantStore open(String engine, String name, OpenMode mode) {
    return GrantStores.open(engine + ":" + folder.resolve(name), StoreOptions.of(mode));
  }

  private static void assertRefused(Reason reason, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).as("%s", e).isEqualTo(reason));
  }
}
