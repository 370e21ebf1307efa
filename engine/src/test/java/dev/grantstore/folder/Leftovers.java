package dev.grantstore.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders as killed processes leave them. */
final class Leftovers {
  /** As it stands: what an older version left is to be cleared away, too. */
  private static final String LINE =
      "made by a process of grantstore; whoever finds it unlocked may remove the folder\n";

  private Leftovers() {}

  /** Makes one that holds {@code content/file}. */
  static Path make(Path parent, String name) throws IOException {
    Path left = parent.resolve(name);
    StrictModes.createPrivate(left);
    Files.writeString(left.resolve("owner.lock"), LINE);
    Files.writeString(Files.createDirectory(left.resolve("content")).resolve("file"), "x");
    return left;
  }
}
