package dev.grantstore.rocksdb;

import dev.grantstore.Excerpt;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a store, and what says that it is one.
 *
 * <pre>
 * FORMAT      "grantstore rocksdb", "format N", "state creating|ready", "id UUID" ("-" while creating)
 * LOCK        empty; held while open for writing, see {@link FolderLock}
 * WATERMARK   what was durable last, see {@link Watermark}
 * db/         RocksDB's own files
 * bulk-N/     files of a load in progress; removed when found on opening
 * </pre>
 */
final class StoreFolder implements AutoCloseable {
  private static final String FORMAT = "FORMAT";
  private static final String TITLE = "grantstore rocksdb";
  private static final String READY = "ready";
  private static final String NEXT = ".next";

  private final Path path;
  private @Nullable FolderLock lock;
  private boolean madeFolder;
  private boolean madeStore;

  private StoreFolder(Path path) {
    this.path = path;
  }

  /** Checks the location against what the caller expects; makes the folder where it must. */
  static StoreFolder claim(String location, OpenMode mode) throws IOException {
    StoreFolder folder = new StoreFolder(parse(location));
    folder.check(mode);
    if (mode != OpenMode.READ_ONLY) {
      try {
        folder.prepareForWriting(mode);
      } catch (IOException | RuntimeException e) {
        folder.abandon();
        throw e;
      }
    }
    return folder;
  }

  Path path() {
    return path;
  }

  Path database() {
    return path.resolve("db");
  }

  Path bulk(int number) {
    return path.resolve("bulk-" + number);
  }

  /** Whether RocksDB is to make its files: only before the store was ready for the first time. */
  boolean isNew() throws IOException {
    return !readFormat().get(2).equals("state " + READY);
  }

  UUID identity() throws IOException {
    String line = readFormat().get(3);
    try {
      return UUID.fromString(line.substring("id ".length()));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw notStore("FORMAT has no id");
    }
  }

  /** Says that RocksDB has made its files. */
  void markReady() throws IOException {
    writeFormat(READY, UUID.randomUUID().toString());
  }

  /** Takes back what {@link #claim} made, after a failed opening, and gives up the folder. */
  void abandon() throws IOException {
    try {
      if (madeStore) {
        for (Path entry : entries()) {
          deleteTree(entry);
        }
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

  /** Lets others open the folder for writing. */
  @Override
  public void close() throws IOException {
    FolderLock held = lock;
    if (held != null) {
      lock = null;
      held.close();
    }
  }

  /** Whether opening the database means recovering writes from its log. */
  boolean hasLog() throws IOException {
    try (Stream<Path> files = Files.list(database())) {
      for (Path file : files.toList()) {
        if (file.toString().endsWith(".log") && Files.size(file) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Removes what loads left that were in progress when the process died. */
  void deleteAbandonedLoads() throws IOException {
    for (Path entry : entries()) {
      if (entry.getFileName().toString().startsWith("bulk-")) {
        CrashPoint.reached();
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

  /** The lines of a text file; bytes that are no text read as some other text. */
  static List<String> lines(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
  }

  /** Replaces a file so that it holds the old or the new content, also after power loss. */
  static void replace(Path file, byte[] content) throws IOException {
    // An interrupted thread's channels close at once; the flag is for the caller to see.
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        replaceOnce(file, content);
        break;
      } catch (ClosedByInterruptException e) {
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void replaceOnce(Path file, byte[] content) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + NEXT);
    try (FileChannel out =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    CrashPoint.reached();
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel directory = FileChannel.open(folder)) {
        directory.force(true);
      }
    }
  }

  private void check(OpenMode mode) throws IOException {
    boolean exists = Files.exists(path);
    if (exists && !Files.isDirectory(path)) {
      throw notStore("it is a file");
    }
    // In this order: another process may be making a store here.
    boolean isEmpty = exists && isEmpty();
    boolean isStore = exists && Files.exists(path.resolve(FORMAT));
    if (!isStore && exists && !isEmpty) {
      throw notStore("it holds other files");
    }
    if (isStore) {
      if (mode == OpenMode.CREATE && !isNew()) {
        throw new GrantStoreException(Reason.STORE_EXISTS, "store exists: " + path);
      }
      if (mode == OpenMode.READ_ONLY && isNew()) {
        throw new GrantStoreException(Reason.STORE_MISSING, "store was never finished: " + path);
      }
    } else if (mode == OpenMode.OPEN || mode == OpenMode.READ_ONLY) {
      throw exists
          ? notStore("it is empty")
          : new GrantStoreException(Reason.STORE_MISSING, "store does not exist: " + path);
    }
  }

  private void prepareForWriting(OpenMode mode) throws IOException {
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
    lock = FolderLock.take(path);
    // Once more, with nobody else at it.
    check(mode == OpenMode.CREATE ? mode : OpenMode.OPEN_OR_CREATE);
    if (!Files.exists(path.resolve(FORMAT))) {
      madeStore = true;
      writeFormat("creating", "-");
    }
  }

  /** Whether nothing is there, or only what is left when a process dies while it makes a store. */
  private boolean isEmpty() throws IOException {
    for (Path entry : entries()) {
      String name = entry.getFileName().toString();
      boolean isLock = name.equals(FolderLock.FILE) && Files.size(entry) == 0;
      if (!isLock && !name.equals(FORMAT + NEXT)) {
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

  private void writeFormat(String state, String id) throws IOException {
    String text =
        "%s%nformat %d%nstate %s%nid %s%n".formatted(TITLE, FormatVersion.CURRENT, state, id);
    replace(path.resolve(FORMAT), text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> readFormat() throws IOException {
    List<String> lines = lines(path.resolve(FORMAT));
    if (lines.size() < 2 || !lines.get(0).equals(TITLE)) {
      throw notStore("FORMAT is not ours");
    }
    int version;
    try {
      version = Integer.parseInt(lines.get(1).substring("format ".length()));
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw notStore("FORMAT names no version");
    }
    if (version > FormatVersion.CURRENT) {
      throw new GrantStoreException(
          Reason.VERSION_TOO_NEW,
          "store is too new: written=%d supported=%d path=%s"
              .formatted(version, FormatVersion.CURRENT, path));
    }
    if (lines.size() < 4) {
      throw notStore("FORMAT is cut off");
    }
    return lines;
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
