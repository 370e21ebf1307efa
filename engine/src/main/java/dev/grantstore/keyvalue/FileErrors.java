package dev.grantstore.keyvalue;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.folder.FileFailures;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

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
    return wrap(doing, e, named(e));
  }

  /**
   * {@return the error for work on a file of an open store}
   *
   * @param doing what failed
   * @param e how; the system's words for it depend on the user's language
   * @param place the file or its folder; asked for its free space. Null if unknown
   */
  public static GrantStoreException wrap(String doing, IOException e, @Nullable Path place) {
    if (e instanceof ClosedByInterruptException) {
      return new GrantStoreException(Reason.TIMEOUT, doing + ": thread was interrupted", e);
    }
    Reason reason = reason(e, fileStore(place));
    return new GrantStoreException(
        reason == Reason.NO_SPACE ? reason : Reason.IO, doing + ": " + words(e), e);
  }

  /**
   * {@return whether there is next to no room left where a file is}
   *
   * @param file need not be there, but its folder
   */
  public static boolean isFull(Path file) {
    return isFull(fileStore(file));
  }

  /**
   * {@return the error for a store that could not be opened}
   *
   * @param e why
   */
  public static GrantStoreException wrapOpening(IOException e) {
    return wrapOpening(e, named(e));
  }

  /**
   * {@return the error for a store that could not be opened}
   *
   * @param e why; the system's words for it depend on the user's language
   * @param place where it is or was to be; null if unknown
   */
  public static GrantStoreException wrapOpening(IOException e, @Nullable Path place) {
    if (e instanceof AccessDeniedException) {
      return new GrantStoreException(
          Reason.NOT_WRITABLE, "store may not be accessed: " + e.getMessage(), e);
    }
    return new GrantStoreException(
        reason(e, fileStore(place)),
        "store cannot be opened: " + words(place == null ? e : FileFailures.named(place, e)),
        e);
  }

  /** What it means if it is the system's: other kinds have classes of their own. */
  static Reason reason(IOException e, @Nullable FileStore store) {
    if (e.getClass() != IOException.class && e.getClass() != FileSystemException.class) {
      return Reason.IO;
    }
    String message = String.valueOf(e.getMessage());
    if (message.contains("Disk quota exceeded")
        || message.contains("No space left on device")
        || isFull(store)) {
      return Reason.NO_SPACE;
    }
    return message.contains("Read-only file system") || (store != null && store.isReadOnly())
        ? Reason.NOT_WRITABLE
        : Reason.IO;
  }

  private static boolean isFull(@Nullable FileStore store) {
    try {
      return store != null && !store.isReadOnly() && store.getUsableSpace() < FULL_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  private static @Nullable FileStore fileStore(@Nullable Path place) {
    Path there = place == null ? null : place.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    try {
      return there == null ? null : Files.getFileStore(there);
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable Path named(IOException e) {
    try {
      return e instanceof FileSystemException system && system.getFile() != null
          ? Path.of(system.getFile())
          : null;
    } catch (InvalidPathException notOne) {
      return null;
    }
  }

  private static String words(IOException e) {
    return e.getMessage() == null ? "input or output failed" : e.getMessage();
  }
}
