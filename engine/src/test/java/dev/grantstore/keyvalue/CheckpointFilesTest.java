package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files a RocksDB checkpoint shares with its store, and which it does not. */
final class CheckpointFilesTest {
  @TempDir Path folder;

  @Test
  void aPathBehindALinkMeansWhatItMeansToTheSystem() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("elsewhere").resolve("deep"));
    Files.createSymbolicLink(folder.resolve("link"), deep);
    Path place = folder.resolve("link").resolve("..").resolve("copy");
    try (GrantStore store =
        CheckpointTest.fill(folder.resolve("store"), "lmdb", OpenMode.CREATE, Durability.WAL)) {
      store.checkpoint(place);
    }
    assertThat(folder.resolve("elsewhere").resolve("copy")).isDirectory();
    GrantStores.open("lmdb:" + place, StoreOptions.of(OpenMode.READ_ONLY)).close();
  }

  @Test
  void filesAreLinkedOrCopiedAsAsked() throws IOException {
    try (GrantStore store =
        CheckpointTest.fill(folder.resolve("store"), "rocksdb", OpenMode.CREATE, Durability.WAL)) {
      store.checkpoint(folder.resolve("linked"));
      store.checkpoint(folder.resolve("copied"), CheckpointFiles.COPIED);

      // Opening the copy has made one of its own.
      assertThat(tableLinks("linked")).filteredOn(links -> links > 1).hasSizeGreaterThan(3);
      assertThat(tableLinks("copied")).isNotEmpty().allMatch(links -> links == 1);
    }
    assertThat(CheckpointTest.leftovers(folder)).isEmpty();
  }

  @Test
  void filesOnAnotherFileSystemAreCopiedIfAskedFor() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(memory));
    assumeTrue(!Files.getFileStore(memory).equals(Files.getFileStore(folder)));
    Path there = Files.createTempDirectory(memory, "checkpoint");
    try (GrantStore store =
        CheckpointTest.fill(folder.resolve("store"), "rocksdb", OpenMode.CREATE, Durability.WAL)) {
      assertThatThrownBy(() -> store.checkpoint(there.resolve("copy")))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
          .hasMessageContaining("another file system")
          .hasMessageContaining("--copy");
      assertThat(there).isEmptyDirectory();
      store.checkpoint(there.resolve("copy"), CheckpointFiles.COPIED);
      try (GrantStore copy =
          GrantStores.open("rocksdb:" + there.resolve("copy"), StoreOptions.of(OpenMode.OPEN))) {
        assertThat(CheckpointTest.answers(copy)).isEqualTo(CheckpointTest.answers(store));
      }
    } finally {
      FolderTree.delete(there);
    }
    assertThat(CheckpointTest.leftovers(folder)).isEmpty();
  }

  private List<Integer> tableLinks(String name) throws IOException {
    List<Integer> links = new ArrayList<>();
    for (Path file : FolderTree.entries(folder.resolve(name).resolve("db"))) {
      if (file.toString().endsWith(".sst")) {
        links.add((Integer) Files.getAttribute(file, "unix:nlink"));
      }
    }
    return links;
  }
}
