package dev.grantstore.keyvalue;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.nio.file.Path;

/** Tries to lock a folder for writing, and says by its exit code whether it could. */
final class FolderLockChild {
  static final int FREE = 10;
  static final int LOCKED = 11;
  private static final int OTHERWISE = 12;

  private FolderLockChild() {}

  /** The folder is the argument. */
  public static void main(String[] arguments) throws IOException {
    System.exit(tryLock(Path.of(arguments[0])));
  }

  private static int tryLock(Path folder) throws IOException {
    try {
      FolderLock.forWriting(folder).close();
      return FREE;
    } catch (GrantStoreException e) {
      return e.reason() == Reason.LOCKED ? LOCKED : OTHERWISE;
    }
  }
}
