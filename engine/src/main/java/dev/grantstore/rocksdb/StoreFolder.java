package dev.grantstore.rocksdb;

import dev.grantstore.Excerpt;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder of a store, and what says that it is one.
 *
 * <pre>
 * FORMAT      "grantstore rocksdb", "format N", "state creating|ready", "id UUID" ("-" while creating)
 * WATERMARK   what was durable last, see {@link Watermark}
 * db/         RocksDB's own files
 * bulk-N/     files of a load in progress; removed when found on opening
 * </pre>
 */
final class StoreFolder {
  private static final String FORMAT = "FORMAT";
  private static final String TITLE = "grantstore rocksdb";
  private static final String READY = "ready";

  private final Path path;
  private boolean madeHere;

  private StoreFolder(Path path) {
    this.path = path;
  }

  /** Checks the location against what the caller expects; makes the folder where it must. */
  static StoreFolder claim(String location, OpenMode mode) throws IOException {
    StoreFolder folder = new StoreFolder(parse(location));
    folder.check(mode);
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

  /** Takes back what {@link #claim} made, after a failed opening. */
  void abandon() throws IOException {
    if (madeHere) {
      deleteTree(path);
    }
  }

  /** Removes what loads left that were in progress when the process died. */
  void deleteAbandonedLoads() throws IOException {
    List<Path> left;
    try (Stream<Path> entries = Files.list(path)) {
      left = entries.filter(p -> p.getFileName().toString().startsWith("bulk-")).toList();
    }
    for (Path load : left) {
      deleteTree(load);
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

  /** Replaces a file so that it holds the old or the new content, also after power loss. */
  static void replace(Path file, byte[] content) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (FileChannel out =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      out.write(java.nio.ByteBuffer.wrap(content));
      out.force(true);
    }
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
    boolean isStore = exists && Files.exists(path.resolve(FORMAT));
    if (!isStore && exists && !isEmpty()) {
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
    if (mode != OpenMode.READ_ONLY) {
      prepareForWriting(exists, isStore);
    }
  }

  private void prepareForWriting(boolean exists, boolean isStore) throws IOException {
    Path writable = exists ? path : path.toAbsolutePath().getParent();
    if (writable == null || !Files.isDirectory(writable)) {
      throw new GrantStoreException(
          Reason.STORE_MISSING, "folder above the store does not exist: " + path);
    }
    if (!Files.isWritable(writable)) {
      throw new GrantStoreException(Reason.NOT_WRITABLE, "folder is not writable: " + writable);
    }
    if (!isStore) {
      if (!exists) {
        Files.createDirectory(path);
        madeHere = true;
      }
      writeFormat("creating", "-");
    }
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }

  private void writeFormat(String state, String id) throws IOException {
    String text =
        "%s%nformat %d%nstate %s%nid %s%n".formatted(TITLE, FormatVersion.CURRENT, state, id);
    replace(path.resolve(FORMAT), text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> readFormat() throws IOException {
    List<String> lines = Files.readAllLines(path.resolve(FORMAT), StandardCharsets.UTF_8);
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
