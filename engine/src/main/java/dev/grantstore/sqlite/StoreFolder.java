package dev.grantstore.sqlite;

import dev.grantstore.Excerpt;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a store, and what says that it is one.
 *
 * <pre>
 * grants.db   the database; its header says what it is, see {@link Schema}
 * grants.db-wal, grants.db-shm   SQLite's log and its index, while open and after a kill
 * LOCK        empty, see {@link StoreLock}
 * bulk-N/     files of a load in progress; removed when found on opening
 * </pre>
 *
 * <p>The tables are made in one transaction, with a rollback journal. So a database that is empty,
 * or has such a journal, is what is left when a process dies while it makes a store.
 */
final class StoreFolder implements AutoCloseable {
  private static final String DATABASE = "grants.db";
  private static final String BULK = "bulk-";
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 100;
  private static final int USER_VERSION_AT = 60;
  private static final int APPLICATION_ID_AT = 68;

  private final Path path;
  private @Nullable StoreLock lock;
  private boolean madeFolder;
  private boolean madeLock;
  private boolean madeStore;

  private StoreFolder(Path path) {
    this.path = path;
  }

  /** Checks the location against what the caller expects, and locks it. */
  static StoreFolder claim(String location, OpenMode mode) throws IOException, SQLException {
    StoreFolder folder = new StoreFolder(parse(location));
    folder.checkNames(mode);
    try {
      if (mode == OpenMode.READ_ONLY) {
        folder.lockForReading();
      } else {
        folder.lockForWriting();
      }
      // Once more, with nobody else at it.
      folder.checkNames(mode);
      folder.checkDatabase(mode);
      return folder;
    } catch (IOException | SQLException | RuntimeException e) {
      folder.abandon();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  Path database() {
    return path.resolve(DATABASE);
  }

  Path bulk(int number) {
    return path.resolve(BULK + number);
  }

  /** Takes back what opening made, after it failed, and gives up the folder. */
  void abandon() throws IOException, SQLException {
    try {
      if (madeStore) {
        for (String suffix : List.of("", "-journal", "-wal", "-shm")) {
          Files.deleteIfExists(path.resolve(DATABASE + suffix));
        }
      }
      if (madeLock) {
        Files.deleteIfExists(path.resolve(StoreLock.FILE));
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

  /** Lets others open the folder. */
  @Override
  public void close() throws SQLException {
    StoreLock held = lock;
    if (held != null) {
      lock = null;
      held.close();
    }
  }

  /** Removes what loads left that were in progress when the process died. */
  void deleteAbandonedLoads() throws IOException {
    for (Path entry : entries()) {
      if (entry.getFileName().toString().startsWith(BULK)) {
        deleteTree(entry);
      }
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  /** Looks at names only: to open a file and close it would loosen SQLite's locks on it. */
  private void checkNames(OpenMode mode) throws IOException {
    boolean exists = Files.exists(path);
    if (exists && !Files.isDirectory(path)) {
      throw notStore("it is a file");
    }
    boolean isStore = exists && Files.exists(database());
    if (exists && !isStore && !isEmpty()) {
      throw notStore("it holds other files");
    }
    if (!isStore && (mode == OpenMode.OPEN || mode == OpenMode.READ_ONLY)) {
      throw exists
          ? notStore("it is empty")
          : new GrantStoreException(Reason.STORE_MISSING, "store does not exist: " + path);
    }
  }

  private void checkDatabase(OpenMode mode) throws IOException {
    boolean isUnfinished = isUnfinished();
    if (isUnfinished && (mode == OpenMode.OPEN || mode == OpenMode.READ_ONLY)) {
      throw new GrantStoreException(Reason.STORE_MISSING, "store was never finished: " + path);
    }
    if (!isUnfinished) {
      checkHeader();
    }
    if (!isUnfinished && mode == OpenMode.CREATE) {
      throw new GrantStoreException(Reason.STORE_EXISTS, "store exists: " + path);
    }
    madeStore = isUnfinished && (!Files.exists(database()) || Files.size(database()) == 0);
    if (!isUnfinished && mode != OpenMode.READ_ONLY && !Files.isWritable(database())) {
      throw new GrantStoreException(Reason.NOT_WRITABLE, "store is not writable: " + database());
    }
  }

  private boolean isUnfinished() throws IOException {
    return !Files.exists(database())
        || Files.size(database()) == 0
        || Files.exists(path.resolve(DATABASE + "-journal"));
  }

  private void checkHeader() throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(database())) {
      bytes = in.readNBytes(HEADER_BYTES);
    }
    if (bytes.length < HEADER_BYTES
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw notStore("grants.db is no SQLite database");
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (header.getInt(APPLICATION_ID_AT) != Schema.APPLICATION_ID) {
      throw notStore("grants.db is another application's");
    }
    int version = header.getInt(USER_VERSION_AT);
    if (version > FormatVersion.CURRENT) {
      throw new GrantStoreException(
          Reason.VERSION_TOO_NEW,
          "store is too new: written=%d supported=%d path=%s"
              .formatted(version, FormatVersion.CURRENT, path));
    }
  }

  private void lockForReading() throws SQLException {
    if (!Files.exists(path.resolve(StoreLock.FILE))) {
      throw notStore("LOCK is missing");
    }
    lock = StoreLock.forReading(path);
  }

  private void lockForWriting() throws IOException, SQLException {
    boolean exists = Files.exists(path);
    Path writable = exists ? path : path.toAbsolutePath().getParent();
    if (writable == null || !Files.isDirectory(writable)) {
      throw new GrantStoreException(
          Reason.STORE_MISSING, "folder above the store does not exist: " + path);
    }
    if (!Files.isWritable(writable)) {
      throw new GrantStoreException(Reason.NOT_WRITABLE, "folder is not writable: " + writable);
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
    boolean hadLock = Files.exists(path.resolve(StoreLock.FILE));
    lock = StoreLock.forWriting(path);
    madeLock = !hadLock;
  }

  /** Whether nothing is there but a lock. */
  private boolean isEmpty() throws IOException {
    for (Path entry : entries()) {
      boolean isLock =
          entry.getFileName().toString().equals(StoreLock.FILE) && Files.size(entry) == 0;
      if (!isLock) {
        return false;
      }
    }
    return true;
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.toList();
    }
  }

  private GrantStoreException notStore(String why) {
    return new GrantStoreException(
        Reason.NOT_A_STORE, "not a grant store, %s: %s".formatted(why, path));
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
