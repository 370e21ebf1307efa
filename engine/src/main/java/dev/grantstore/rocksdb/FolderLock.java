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
import org.jspecify.annotations.Nullable;

/**
 * Keeps a store's folder from being opened for writing twice: by another process, or by this one,
 * on whatever path. RocksDB's own lock is not enough: it is taken when the folder is made already,
 * and within a process it knows the folder by its path, so that a link to it gets past.
 */
final class FolderLock implements AutoCloseable {
  static final String FILE = "LOCK";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock of a folder that exists. */
  static FolderLock take(Path folder) throws IOException {
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
    return new FolderLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static GrantStoreException locked(Path folder, @Nullable Exception cause) {
    return new GrantStoreException(Reason.LOCKED, "store is open already: " + folder, cause);
  }
}
