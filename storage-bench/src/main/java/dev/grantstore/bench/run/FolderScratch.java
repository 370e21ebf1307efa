package dev.grantstore.bench.run;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.benchmark.ScratchStores;
import dev.grantstore.fixture.load.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Makes stores in new folders of their own below a given one, and removes them. One thread.
 *
 * <p>A file in each folder is locked while it is in use, and the operating system lets go of the
 * lock when the process dies: folders whose lock is free were left by killed runs, and are removed
 * before the next one is made.
 */
public final class FolderScratch implements ScratchStores, AutoCloseable {
  private static final String PREFIX = "grantstore-scratch-";
  private static final String LOCK = "owner.lock";

  private final String scheme;
  private final Path parent;
  private final StoreOptions options;
  private @Nullable Path folder;
  private @Nullable FileChannel lock;
  private @Nullable GrantStore store;

  /**
   * Creates it; touches no file yet.
   *
   * @param scheme of the engine
   * @param parent an existing folder
   * @param options how to open, but for the mode
   */
  FolderScratch(String scheme, Path parent, StoreOptions options) {
    this.scheme = scheme;
    this.parent = parent;
    this.options =
        new StoreOptions(
            OpenMode.CREATE, options.durability(), options.cacheBytes(), options.engineOptions());
  }

  @Override
  public GrantStore open() {
    if (folder != null) {
      throw new IllegalStateException("scratch store is still there: " + folder);
    }
    try {
      removeLeftovers(parent);
      Path made = Files.createTempDirectory(parent, PREFIX);
      folder = made;
      lock = locked(made.resolve(LOCK));
      GrantStore opened = GrantStores.open(scheme + ":" + made.resolve("store"), options);
      store = opened;
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException("no scratch folder can be made: parent=" + parent, e);
    }
  }

  @Override
  public long discard() {
    Path made = folder;
    if (made == null) {
      return 0;
    }
    folder = null;
    try {
      GrantStore opened = store;
      store = null;
      if (opened != null) {
        opened.close();
      }
      return Trees.allocatedBytes(made);
    } catch (IOException e) {
      throw new UncheckedIOException("scratch folder cannot be read: " + made, e);
    } finally {
      unlock();
      delete(made);
    }
  }

  @Override
  public String durability() {
    return options.durability().name();
  }

  /** Discards what is left. Closing twice does nothing. */
  @Override
  public void close() {
    discard();
  }

  /**
   * Opens an empty store and removes it: what the engine refuses is known before anything is done.
   *
   * @param scheme of the engine
   * @param parent an existing folder
   * @param options how to open, but for the mode
   * @throws IllegalArgumentException if the engine does not take its options
   * @throws dev.grantstore.GrantStoreException if it is not there, or cannot be used here
   */
  public static void tryOut(String scheme, Path parent, StoreOptions options) {
    try (FolderScratch scratch = new FolderScratch(scheme, parent, options)) {
      scratch.open();
    }
  }

  /**
   * Removes what processes left that are dead.
   *
   * @param parent an existing folder
   * @throws IOException if something cannot be removed
   */
  public static void removeLeftovers(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path leftover : folders) {
        Path file = leftover.resolve(LOCK);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isFree(file)) {
          removeLeftover(leftover);
        }
      }
    }
  }

  /** Others clear away leftovers, too, at the same time: what is gone already is no failure. */
  private static void removeLeftover(Path leftover) throws IOException {
    try {
      Trees.delete(leftover);
    } catch (NoSuchFileException e) {
      // Somebody else was faster.
    }
  }

  /** The file gets its name when it is locked: until then nobody takes it for a leftover's. */
  private static FileChannel locked(Path file) throws IOException {
    Path unnamed = file.resolveSibling(file.getFileName() + ".new");
    FileChannel channel =
        FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new IOException("another run took the folder of " + file);
    }
    Files.move(unnamed, file, StandardCopyOption.ATOMIC_MOVE);
    return channel;
  }

  private static boolean isFree(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return tryLock(channel) != null;
    } catch (NoSuchFileException e) {
      return false; // its owner has just removed it
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void unlock() {
    FileChannel held = lock;
    lock = null;
    try {
      if (held != null) {
        held.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("scratch folder's lock cannot be closed", e);
    }
  }

  private static void delete(Path made) {
    try {
      Trees.delete(made);
    } catch (IOException e) {
      throw new UncheckedIOException("scratch folder cannot be removed: " + made, e);
    }
  }
}
