package dev.grantstore.keyvalue;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a store's folder for one to write, or for any number to read who want no writer beside
 * them: in this process, on whatever path, and in all others. Whoever may read beside a writer
 * takes no lock. Thread-safe.
 *
 * <p>A database's own lock is not enough: it is taken when the folder is made already, and within a
 * process it may know the folder by its path, so that a link to it gets past.
 */
final class FolderLock implements AutoCloseable {
  static final String FILE = "LOCK";

  /** For reading from its first byte to the last one there could be. */
  private static final long ALL_BYTES = Long.MAX_VALUE;

  /**
   * Folders that this process holds; guarded by itself. Asked before the file is opened again:
   * closing any channel on a file gives up all the locks that the process has on it.
   */
  private static final Map<Path, Held> HELD = new HashMap<>();

  /**
   * Channels on files that others in this process have locked, past {@link #HELD}: through another
   * class loader, or on another path. Open as long as the process lives, since to close one would
   * give up the others' lock; and kept here, since the JDK closes a channel that nobody refers to.
   * Guarded by {@link #HELD}.
   */
  private static final List<FileChannel> NEVER_CLOSED = new ArrayList<>();

  /** One lock of the process on a folder, which readers share. */
  private static final class Held {
    private final FileChannel channel;
    private final boolean shared;
    private int holders = 1;

    private Held(FileChannel channel, boolean shared) {
      this.channel = channel;
      this.shared = shared;
    }
  }

  private final Path real;
  private boolean closed;

  private FolderLock(Path real) {
    this.real = real;
  }

  /** Keeps everybody else out of a folder that exists; makes the file if it is missing. */
  static FolderLock forWriting(Path folder) throws IOException {
    Path real = folder.toRealPath();
    synchronized (HELD) {
      if (HELD.containsKey(real)) {
        throw locked(folder, null);
      }
      Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      HELD.put(real, new Held(lock(folder, options, false), false));
      return new FolderLock(real);
    }
  }

  /** Keeps writers out of a folder that exists; needs the file, and need not write it. */
  static FolderLock forReading(Path folder) throws IOException {
    Path real = folder.toRealPath();
    synchronized (HELD) {
      Held held = HELD.get(real);
      if (held == null) {
        HELD.put(real, new Held(lock(folder, Set.of(StandardOpenOption.READ), true), true));
      } else if (held.shared) {
        held.holders++;
      } else {
        throw locked(folder, null);
      }
      return new FolderLock(real);
    }
  }

  /** Gives the folder up, once the last in this process to read it has. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      Held held = HELD.get(real);
      if (closed || held == null) {
        return;
      }
      closed = true;
      held.holders--;
      if (held.holders == 0) {
        HELD.remove(real);
        held.channel.close();
      }
    }
  }

  private static FileChannel lock(Path folder, Set<OpenOption> options, boolean shared)
      throws IOException {
    Path file = folder.resolve(FILE);
    Object found = identity(file);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, options);
    } catch (NoSuchFileException e) {
      throw locked(folder, e);
    }
    try {
      Object opened = found == null ? identity(file) : found;
      // Whoever made the folder and then failed takes it away, its lock with it; and another may
      // make it again.
      if (channel.tryLock(0, ALL_BYTES, shared) == null
          || !Files.exists(file)
          || !Objects.equals(opened, identity(file))) {
        throw locked(folder, null);
      }
    } catch (OverlappingFileLockException e) {
      NEVER_CLOSED.add(channel);
      throw locked(folder, e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return channel;
  }

  /** What tells a file from another one of its name; null if it is not there, or has no such. */
  private static @Nullable Object identity(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static GrantStoreException locked(Path folder, @Nullable Exception cause) {
    return new GrantStoreException(Reason.LOCKED, "store is open already: " + folder, cause);
  }
}
