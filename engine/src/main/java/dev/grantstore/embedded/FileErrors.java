package dev.grantstore.embedded;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Says what failed work on a file of our own means in the contract's terms. Stateless. */
public final class FileErrors {
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
    boolean full = String.valueOf(e.getMessage()).contains("No space left on device");
    return new GrantStoreException(full ? Reason.NO_SPACE : Reason.IO, doing + ": " + e, e);
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
    if (e instanceof FileSystemException system) {
      boolean frozen = String.valueOf(system.getReason()).contains("Read-only");
      return new GrantStoreException(
          frozen ? Reason.NOT_WRITABLE : Reason.IO, "store cannot be opened: " + e.getMessage(), e);
    }
    return new GrantStoreException(Reason.IO, "store cannot be opened: " + e, e);
  }
}
