package dev.grantstore.folder;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Makes files another user's, which only root can. */
final class OtherUser {
  private static final int NOBODY = 65534;

  private OtherUser() {}

  /** Skips the test, visibly, unless this is root. */
  static void isNeeded() throws IOException {
    assumeTrue(isRoot(), "only root can give a file to another user");
  }

  static Path owns(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    return path;
  }

  private static boolean isRoot() throws IOException {
    Path mine = Files.createTempFile("grantstore-", ".owner");
    try {
      return Files.getAttribute(mine, "unix:uid").equals(0);
    } finally {
      Files.delete(mine);
    }
  }
}
