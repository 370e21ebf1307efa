package dev.grantstore.rocksdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a store's folder from being opened for writing twice: by another process, or by this one,
 * on whatever path. RocksDB's own lock is not enough: it is taken when the folder is made already,
 * and within a process it knows the folder by its path, so that a link to it gets past.
 */
final class FolderLock implements AutoCloseable {
  static final String FILE = "LOCK";

  /**
   * Folders that this process holds. Asked before the file is opened again: closing any channel on
   * a file gives up all the locks that the process has on it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path held;
  private final FileChannel channel;

  private FolderLock(Path held, FileChannel channel) {
    this.held = held;
    this.channel = channel;
  }

  /** Takes the lock of a folder that exists. */
  static FolderLock take(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!HELD.add(real)) {
      throw locked(folder, null);
    }
    try {
      return lock(real, folder);
    } catch (IOException | RuntimeException e) {
      HELD.remove(real);
      throw e;
    }
  }

  private static FolderLock lock(Path real, Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      throw locked(folder, e);
    }
    try {
      // Whoever made the folder and then failed takes it away, its lock with it.
      if (channel.tryLock() == null || !Files.exists(file)) {
        throw locked(folder, null);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw locked(folder, e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return new FolderLock(real, channel);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(held);
    }
  }

  private static GrantStoreException locked(Path folder, @Nullable Exception cause) {
    return new GrantStoreException(Reason.LOCKED, "store is open already: " + folder, cause);
  }
}
