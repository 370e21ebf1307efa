package dev.grantstore.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders as killed processes leave them. */
final class Leftovers {
  private Leftovers() {}

  /** Makes one that holds {@code content/file}. */
  static Path make(Path parent, String name) throws IOException {
    Path left = parent.resolve(name);
    try (LockedFolder folder = LockedFolder.create(parent, "making-")) {
      Path root = folder.path().getParent();
      Files.writeString(folder.path().resolve("file"), "x");
      Files.move(root, left);
      // What closing then finds is the lock file, and nothing else.
      Files.createDirectory(root);
      Files.createLink(root.resolve("owner.lock"), left.resolve("owner.lock"));
    }
    return left;
  }
}
