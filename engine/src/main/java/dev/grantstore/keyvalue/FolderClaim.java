package dev.grantstore.keyvalue;

import dev.grantstore.Excerpt;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one opening has of a store's folder: checks what is there by its names, makes the folder,
 * locks it, and takes back what it made when the opening fails. One thread at a time.
 *
 * <p>A folder is a store if a certain file is in it, its mark; what the mark says is for the engine
 * to look at. The engine calls the steps: {@link #check}, a lock, {@link #check} once more with
 * nobody else at it, and in the end {@link #abandon} or {@link #close}.
 */
public final class FolderClaim implements AutoCloseable {
  private final Path path;
  private final String mark;
  private final Set<String> leftovers;
  private @Nullable FolderLock lock;
  private boolean madeFolder;
  private boolean madeLock;

  private FolderClaim(Path path, String mark, Set<String> leftovers) {
    this.path = path;
    this.mark = mark;
    this.leftovers = leftovers;
  }

  /**
   * {@return a claim on a folder; nothing is looked at yet}
   *
   * @param location the folder's path
   * @param mark the name of the file that makes the folder a store
   * @param leftovers names of files that a process leaves which dies before it has made the mark
   * @throws IllegalArgumentException if the location is no path
   */
  public static FolderClaim at(String location, String mark, String... leftovers) {
    return new FolderClaim(parse(location), mark, Set.of(leftovers));
  }

  /**
   * Refuses a place within a store's folder, at any depth and behind any links: what is there the
   * store may take for its own, and remove. A folder is taken for a store's if a mark of what is
   * durable is in it, or what says that it is a store beside a lock.
   *
   * @param above the folder in which something is to be made; is there
   * @param what is to be made, in words
   * @throws GrantStoreException with {@link Reason#NOT_A_STORE}
   * @throws IOException if the folder cannot be read
   */
  public static void requireOutsideStores(Path above, String what) throws IOException {
    requireOutsideStores(above, what, null);
  }

  /**
   * As above, and within the folder of a store that may have no mark of ours.
   *
   * @param own the store's; need not be there
   */
  static void requireOutsideStores(Path above, String what, @Nullable Path own) throws IOException {
    Path known = own != null && Files.isDirectory(own) ? own.toRealPath() : null;
    for (Path folder = above.toRealPath(); folder != null; folder = folder.getParent()) {
      boolean isStore =
          folder.equals(known)
              || DurableMark.isIn(folder)
              || (Files.exists(folder.resolve(FormatFile.NAME))
                  && Files.exists(folder.resolve(FolderLock.FILE)));
      if (isStore) {
        throw new GrantStoreException(
            Reason.NOT_A_STORE, what + " cannot be in the folder of a store: " + folder);
      }
    }
  }

  /** {@return the folder} */
  public Path path() {
    return path;
  }

  /** {@return the file that makes the folder a store} */
  public Path mark() {
    return path.resolve(mark);
  }

  /** {@return whether the folder is a store, finished or not} */
  public boolean isStore() {
    return Files.exists(mark());
  }

  /**
   * Checks what is there against what is expected, as far as names tell. No file is opened: to
   * close it would loosen the locks that a database has on it in this process.
   *
   * @param mode what is expected
   * @throws GrantStoreException with {@link Reason#NOT_A_STORE} or {@link Reason#STORE_MISSING}
   * @throws IOException if the folder cannot be read
   */
  public void check(OpenMode mode) throws IOException {
    boolean exists = Files.exists(path);
    if (exists && !Files.isDirectory(path)) {
      throw notStore("it is a file");
    }
    // In this order: another process may be making a store here.
    boolean isEmpty = exists && isEmpty();
    boolean isStore = exists && isStore();
    if (!isStore && exists && !isEmpty) {
      throw notStore("it holds other files");
    }
    if (!isStore && (mode == OpenMode.OPEN || mode == OpenMode.READ_ONLY)) {
      throw exists ? notStore("it is empty") : missing("store does not exist: " + path);
    }
  }

  /**
   * Makes the folder if there is none, so that it survives power loss, and keeps everybody else out
   * of it.
   *
   * @throws GrantStoreException with {@link Reason#LOCKED}, {@link Reason#NOT_WRITABLE}, or {@link
   *     Reason#STORE_MISSING} if there is no folder above it
   * @throws IOException if it fails
   */
  public void lockForWriting() throws IOException {
    boolean exists = Files.exists(path);
    Path writable = exists ? path : path.toAbsolutePath().getParent();
    if (writable == null || !Files.isDirectory(writable)) {
      throw missing("folder above the store does not exist: " + path);
    }
    if (!Files.isWritable(writable)) {
      throw new GrantStoreException(Reason.NOT_WRITABLE, "folder is not writable: " + writable);
    }
    // Above it alone: in it another process may be making a store.
    Path outside = exists ? path.toRealPath().getParent() : writable;
    if (outside != null && !isStore()) {
      requireOutsideStores(outside, "store");
    }
    if (!exists) {
      try {
        Files.createDirectory(path);
        madeFolder = true;
      } catch (FileAlreadyExistsException e) {
        // Another process was faster; the lock decides.
        madeFolder = false;
      }
    }
    Path above = path.toAbsolutePath().getParent();
    if (!isStore() && above != null && Files.isReadable(above)) {
      FolderTree.force(above); // also for a process that died before it had come to this
    }
    boolean hadLock = Files.exists(lockFile());
    lock = FolderLock.forWriting(path);
    madeLock = !hadLock;
  }

  /**
   * Keeps writers out, for an engine whose readers want none beside them.
   *
   * @throws GrantStoreException with {@link Reason#LOCKED}, or {@link Reason#NOT_A_STORE} if it was
   *     never locked for writing
   * @throws IOException if it fails
   */
  public void lockForReading() throws IOException {
    if (!Files.exists(lockFile())) {
      throw notStore("LOCK is missing");
    }
    lock = FolderLock.forReading(path);
  }

  /**
   * Takes back what this claim made, after a failed opening, and gives up the folder. What the
   * engine made in it is gone by then.
   *
   * @throws IOException if something cannot be deleted
   */
  public void abandon() throws IOException {
    try {
      if (madeLock) {
        Files.deleteIfExists(lockFile());
      }
      if (madeFolder) {
        Files.deleteIfExists(path);
      }
    } catch (DirectoryNotEmptyException e) {
      // Another process is making a store here by now.
      madeFolder = false;
    } finally {
      close();
    }
  }

  /** Lets others open the folder. Closing twice does nothing. */
  @Override
  public void close() throws IOException {
    FolderLock held = lock;
    if (held != null) {
      lock = null;
      held.close();
    }
  }

  /**
   * {@return the error for a folder that is no store, or not a whole one}
   *
   * @param why what is wrong
   */
  public GrantStoreException notStore(String why) {
    return new GrantStoreException(
        Reason.NOT_A_STORE, String.format(Locale.ROOT, "not a grant store, %s: %s", why, path));
  }

  /** {@return the error for a store that a process died making} */
  public GrantStoreException neverFinished() {
    return missing("store was never finished: " + path);
  }

  /** {@return the error for a store where none is expected} */
  public GrantStoreException exists() {
    return new GrantStoreException(Reason.STORE_EXISTS, "store exists: " + path);
  }

  /**
   * Refuses a store that newer code has written.
   *
   * @param written its format version
   * @param supported the newest that we know
   * @throws GrantStoreException with {@link Reason#VERSION_TOO_NEW}
   */
  public void checkVersion(int written, int supported) {
    if (written > supported) {
      throw new GrantStoreException(
          Reason.VERSION_TOO_NEW,
          String.format(
              Locale.ROOT,
              "store is too new: written=%d supported=%d path=%s",
              written,
              supported,
              path));
    }
  }

  /** Whether nothing is there, or only what is left when a process dies while it makes a store. */
  private boolean isEmpty() throws IOException {
    for (Path entry : FolderTree.entries(path)) {
      String name = entry.getFileName().toString();
      boolean isOurs = isLock(entry) ? Files.size(entry) == 0 : leftovers.contains(name);
      if (!isOurs) {
        return false;
      }
    }
    return true;
  }

  /** Whether that is the file that is locked. */
  boolean isLock(Path entry) {
    return entry.equals(lockFile());
  }

  private Path lockFile() {
    return path.resolve(FolderLock.FILE);
  }

  private static GrantStoreException missing(String message) {
    return new GrantStoreException(Reason.STORE_MISSING, message);
  }

  private static Path parse(String location) {
    try {
      if (location.isEmpty()) {
        throw new IllegalArgumentException("store address names no folder");
      }
      return Path.of(location);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("not a path: " + Excerpt.of(location), e);
    }
  }
}
