package dev.grantstore.equivalence.testkit;

import dev.grantstore.folder.LockedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Folders in memory where there is room: thousands of stores are not about disks. What is left in
 * memory when the tests are killed, the next ones clear away.
 */
final class FastFolders implements TempDirFactory {
  private final List<LockedFolder> made = new ArrayList<>();

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
      throws IOException {
    return createTempDirectory(LockedFolder.fastPlace());
  }

  Path createTempDirectory(Path place) throws IOException {
    LockedFolder folder = LockedFolder.temporary(place, "equiv");
    made.add(folder);
    return Files.createDirectory(folder.path().resolve("stores"));
  }

  @Override
  public void close() throws IOException {
    for (LockedFolder folder : made) {
      folder.close();
    }
  }
}
