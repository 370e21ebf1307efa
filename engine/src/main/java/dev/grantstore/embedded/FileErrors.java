package dev.grantstore.embedded;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says what failed work on a file of our own means in the contract's terms. Stateless. */
public final class FileErrors {
  /** What a database may leave of a disk on which its next write has no room. */
  private static final long FULL_BYTES = 1 << 20;

  private FileErrors() {}

  /**
   * {@return the error for work on a file of an open store}
   *
   * @param doing what failed
   * @param e how
   */
  public static GrantStoreException wrap(String doing, IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return new GrantStoreException(Reason.TIMEOUT, doing + ": thread was interrupted", e);
    }
    return new GrantStoreException(isFull(e) ? Reason.NO_SPACE : Reason.IO, doing + ": " + e, e);
  }

  /**
   * {@return whether there is next to no room left where a file is}
   *
   * @param file need not be there, but its folder
   */
  public static boolean isFull(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      return folder != null && Files.getFileStore(folder).getUsableSpace() < FULL_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * {@return the error for a store that could not be opened}
   *
   * @param e why
   */
  public static GrantStoreException wrapOpening(IOException e) {
    if (e instanceof AccessDeniedException) {
      return new GrantStoreException(
          Reason.NOT_WRITABLE, "store may not be accessed: " + e.getMessage(), e);
    }
    if (isFull(e)) {
      return new GrantStoreException(
          Reason.NO_SPACE, "store cannot be opened: " + e.getMessage(), e);
    }
    if (e instanceof FileSystemException system) {
      boolean frozen = String.valueOf(system.getReason()).contains("Read-only");
      return new GrantStoreException(
          frozen ? Reason.NOT_WRITABLE : Reason.IO, "store cannot be opened: " + e.getMessage(), e);
    }
    return new GrantStoreException(Reason.IO, "store cannot be opened: " + e, e);
  }

  private static boolean isFull(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left on device") || message.contains("Disk quota exceeded");
  }
}
