package dev.grantstore.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder for as long as its process lives, in a place that others may use too. It goes when it is
 * closed; when the process is killed before, it is cleared away by the next one that looks.
 *
 * <pre>
 * PREFIX-NUMBER/     access for its owner alone
 *   owner.lock       a line that says who made it; locked as long as the process lives
 *   content/         what the owner puts there
 * </pre>
 *
 * <p>The system lets go of the lock when the process dies, however it dies. A folder is cleared
 * away only if it is a folder and no link, belongs to this user, is closed to everybody else, and
 * holds an {@code owner.lock} with that line which nobody has locked. It is deleted as {@link
 * FolderTree} deletes, the lock last: whoever is killed meanwhile leaves what the next one takes
 * for what it is. Where the JDK has no {@link SecureDirectoryStream}, nothing is cleared away.
 *
 * <p>One thread at a time for each folder; any number of folders.
 */
public final class LockedFolder implements AutoCloseable {
  /** Deletes a folder with all in it. */
  interface Deletion {
    void delete(Path folder) throws IOException;
  }

  /** Where Linux has a file system in memory for everybody. */
  private static final Path MEMORY = Path.of("/dev/shm");

  private static final long ROOM_BYTES = 1L << 30;

  /** How the names of all folders begin that {@link #temporary} makes. */
  private static final String PREFIX = "grantstore-";

  private static final Path LOCK = Path.of("owner.lock");
  private static final Path CONTENT = Path.of("content");

  /** Written once the file is locked: what has the line and no lock has no owner any more. */
  private static final byte[] LINE =
      "made by a process of grantstore; whoever finds it unlocked may remove the folder\n"
          .getBytes(StandardCharsets.US_ASCII);

  /**
   * The folders that this process holds, by their lock files' identity; guarded by itself. Such a
   * file must not even be opened: closing any channel on a file gives up all the locks that the
   * process has on it.
   */
  private static final Map<Object, Path> HELD = new HashMap<>();

  private final Path root;
  private final FileChannel lock;
  private final Object key;
  private boolean closed;

  private LockedFolder(Path root, FileChannel lock, Object key) {
    this.root = root;
    this.lock = lock;
    this.key = key;
  }

  /**
   * {@return the place for what need not outlive the machine: in memory where there is a gibibyte
   * to spare, else the folder for temporary files}
   *
   * @throws IOException if it cannot be read
   */
  public static Path fastPlace() throws IOException {
    boolean hasRoom =
        Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ROOM_BYTES;
    return hasRoom ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
  }

  /**
   * Makes a folder for what is needed for a while, after clearing away what killed processes left
   * there of any purpose. The caller closes it.
   *
   * @param parent an existing folder, such as the one for temporary files
   * @param purpose a word for its name
   * @return the folder
   * @throws IOException if it cannot be made
   */
  public static LockedFolder temporary(Path parent, String purpose) throws IOException {
    removeTemporary(parent);
    return create(parent, PREFIX + purpose + "-");
  }

  /**
   * Clears away what killed processes left of {@link #temporary} folders.
   *
   * @param parent an existing folder
   * @throws IOException if it cannot be read
   */
  public static void removeTemporary(Path parent) throws IOException {
    removeLeftovers(parent, PREFIX);
  }

  /**
   * Makes a folder. The caller closes it.
   *
   * @param parent an existing folder
   * @param prefix how its name begins; a number follows
   * @return the folder
   * @throws IOException if it cannot be made
   */
  public static LockedFolder create(Path parent, String prefix) throws IOException {
    // With access for its owner alone, and never what is there already.
    Path root = Files.createTempDirectory(parent.toAbsolutePath(), prefix);
    try {
      return lock(root);
    } catch (IOException e) {
      FolderTree.delete(root);
      throw FileFailures.named(root.resolve(LOCK), e);
    } catch (RuntimeException e) {
      FolderTree.delete(root);
      throw e;
    }
  }

  private static LockedFolder lock(Path root) throws IOException {
    Path file = root.resolve(LOCK);
    StrictModes.createPrivate(root.resolve(CONTENT));
    synchronized (HELD) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() == null) {
          throw new IOException("new folder is locked by another process: " + root);
        }
        Object key = key(Files.readAttributes(file, BasicFileAttributes.class), file);
        channel.write(ByteBuffer.wrap(LINE));
        HELD.put(key, root);
        return new LockedFolder(root, channel, key);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
  }

  /**
   * Clears away what killed processes left. What cannot be cleared away stays, and is no failure:
   * others clear away too, and may be at it.
   *
   * @param parent an existing folder
   * @param prefix as given to {@link #create}
   * @return what is gone
   * @throws IOException if the parent cannot be read
   */
  public static List<Path> removeLeftovers(Path parent, String prefix) throws IOException {
    List<Path> removed = new ArrayList<>();
    try (DirectoryStream<Path> above = Files.newDirectoryStream(parent)) {
      if (above instanceof SecureDirectoryStream<Path> secure) {
        for (Path name : FolderTree.names(secure)) {
          if (name.toString().startsWith(prefix) && remove(secure, name)) {
            removed.add(parent.resolve(name));
          }
        }
      }
    }
    return removed;
  }

  /**
   * Deletes all folders that this process holds, under whoever uses them: for a process that ends
   * now and cannot wait for them. What cannot be deleted, the next process clears away.
   */
  public static void removeHeld() {
    List<Path> roots;
    synchronized (HELD) {
      roots = List.copyOf(HELD.values());
    }
    removeHeld(roots, FolderTree::delete);
  }

  static void removeHeld(List<Path> roots, Deletion deletion) {
    for (Path root : roots) {
      // Files may still come and go in it.
      for (int i = 0; i < 3 && Files.exists(root); i++) {
        try {
          // The lock last: who is killed now leaves what the next one can clear away.
          deletion.delete(root.resolve(CONTENT));
          deletion.delete(root);
        } catch (IOException e) {
          Thread.onSpinWait();
        }
      }
    }
  }

  /** {@return the folder with its lock, for whoever is to remove it if the owner cannot} */
  public Path root() {
    return root;
  }

  /** {@return an existing folder, empty at first, for the owner to fill} */
  public Path path() {
    return root.resolve(CONTENT);
  }

  /**
   * Deletes the folder with all in it. Closing twice does nothing.
   *
   * @throws IOException if something cannot be deleted; the next process may be able to
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (DirectoryStream<Path> above = Files.newDirectoryStream(root.getParent())) {
      if (above instanceof SecureDirectoryStream<Path> secure) {
        removeOwn(secure);
      } else {
        FolderTree.delete(root);
      }
    } catch (NoSuchFileException e) {
      if (Files.exists(root)) {
        throw e;
      }
    } finally {
      synchronized (HELD) {
        HELD.remove(key);
        lock.close();
      }
    }
  }

  private void removeOwn(SecureDirectoryStream<Path> above) throws IOException {
    Path name = root.getFileName();
    try (SecureDirectoryStream<Path> folder =
        above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      if (!key(lockFile(folder), LOCK).equals(key)) {
        throw new IOException("another folder is in the place of " + root);
      }
      empty(folder);
    }
    above.deleteDirectory(name);
  }

  /** Removes what has that name if it is a leftover; whether it did. */
  private static boolean remove(SecureDirectoryStream<Path> above, Path name) {
    try {
      if (!FolderTree.isFolder(above, name)) {
        return false;
      }
      try (SecureDirectoryStream<Path> folder =
              above.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
          FileChannel lock = freeLock(folder)) {
        if (lock == null) {
          return false;
        }
        empty(folder);
      }
      // Only ever an empty folder, whoever has put it there.
      above.deleteDirectory(name);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void empty(SecureDirectoryStream<Path> folder) throws IOException {
    for (Path inside : FolderTree.names(folder)) {
      if (!inside.equals(LOCK)) {
        FolderTree.delete(folder, inside);
      }
    }
    FolderTree.delete(folder, LOCK);
  }

  private static BasicFileAttributes lockFile(SecureDirectoryStream<Path> folder)
      throws IOException {
    return folder
        .getFileAttributeView(LOCK, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  /** Locks what an open folder is known by; null if it is not ours, or in use. */
  private static @Nullable FileChannel freeLock(SecureDirectoryStream<Path> folder)
      throws IOException {
    if (!StrictModes.isPrivate(
        folder.getFileAttributeView(PosixFileAttributeView.class).readAttributes())) {
      return null;
    }
    synchronized (HELD) {
      BasicFileAttributes file = lockFile(folder);
      if (!file.isRegularFile() || HELD.containsKey(key(file, LOCK))) {
        return null;
      }
      SeekableByteChannel opened =
          folder.newByteChannel(
              LOCK,
              Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
      if (opened instanceof FileChannel channel && hasLine(channel) && isFree(channel)) {
        return channel;
      }
      opened.close();
      return null;
    }
  }

  private static boolean hasLine(FileChannel channel) throws IOException {
    ByteBuffer found = ByteBuffer.allocate(LINE.length);
    while (found.hasRemaining() && channel.read(found) >= 0) {}
    return channel.size() == LINE.length && found.flip().equals(ByteBuffer.wrap(LINE));
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static Object key(BasicFileAttributes file, Path otherwise) {
    return Objects.requireNonNullElse(file.fileKey(), otherwise.toAbsolutePath());
  }
}
