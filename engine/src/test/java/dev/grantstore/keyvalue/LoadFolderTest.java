package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadFolderTest {
  @TempDir Path store;

  @Test
  void onlyFoldersOfLoadsAreAbandoned() throws IOException {
    Path notes = Files.createDirectory(store.resolve("bulk-notes"));
    Path nameless = Files.createDirectory(store.resolve("bulk-"));
    Path copy = Files.createDirectory(store.resolve("bulk-7.copy"));
    Files.createFile(Files.createDirectory(LoadFolder.of(store, 17)).resolve("run-1"));

    LoadFolder.deleteAbandoned(store);

    assertThat(FolderTree.entries(store)).containsExactlyInAnyOrder(notes, nameless, copy);
  }
}
