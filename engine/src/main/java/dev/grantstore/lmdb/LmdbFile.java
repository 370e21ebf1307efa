package dev.grantstore.lmdb;

import dev.grantstore.Durability;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.EnvInfo;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/**
 * A store's file as LMDB has it open; all of LMDB's settings are here, with their reasons.
 * Thread-safe, but for its transactions.
 *
 * <p>Never mapped for writing: a full disk would then end the JVM, and a stray pointer would write
 * into the file. LMDB has no cache: it reads from the pages that the system keeps of the file, so
 * {@link StoreOptions#cacheBytes} is not used.
 */
final class LmdbFile implements AutoCloseable {
  /** How long a key may be: what LMDB takes unless it is built otherwise. */
  static final int LONGEST_KEY_BYTES = 511;

  private static final int READER_BYTES = 64;
  private static final int TABLE_HEADER_BYTES = 128;

  private static final NativeBytesProxy PROXY = new NativeBytesProxy();
  private static final int DATABASES = Keyspace.values().length;

  private final Path path;
  private final StoreOptions options;
  private final Env<NativeBytes> env;
  private final Map<Keyspace, Dbi<NativeBytes>> keyspaces = new EnumMap<>(Keyspace.class);
  private final long pageBytes;
  private final long mapAddress;
  private volatile long takenBytes;
  private volatile boolean failed;

  /** The writer's alone. */
  private long lengthBytes;

  private LmdbFile(Path path, StoreOptions options, Env<NativeBytes> env, DbiFlags... flags) {
    this.path = path;
    this.options = options;
    this.env = env;
    for (Keyspace keyspace : Keyspace.values()) {
      keyspaces.put(keyspace, open(env, keyspace.label(), flags));
    }
    pageBytes = env.stat().pageSize;
    mapAddress = locate();
    noteSize();
  }

  /** Makes a file with all keyspaces, empty; nobody else looks at it yet. */
  static LmdbFile create(Path file, StoreOptions options) {
    return open(
        options,
        file,
        List.of(EnvFlags.MDB_NOSUBDIR, EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOLOCK),
        DbiFlags.MDB_CREATE);
  }

  /**
   * Opens a file for what the options say. Within a process LMDB must not have a file open twice
   * while it is written; the folder's lock sees to that. Nobody writes beside readers, so they need
   * no locks of LMDB's, and may open it any number of times, also where nothing can be written.
   */
  static LmdbFile open(Path file, StoreOptions options) throws IOException {
    List<EnvFlags> flags =
        new ArrayList<>(
            // A read transaction belongs to its session, not to a thread.
            List.of(EnvFlags.MDB_NOSUBDIR, EnvFlags.MDB_NOTLS));
    if (options.mode() == OpenMode.READ_ONLY) {
      flags.add(EnvFlags.MDB_RDONLY_ENV);
      flags.add(EnvFlags.MDB_NOLOCK);
    } else if (options.durability() != Durability.SYNC) {
      // A commit then forces its pages and not the page that makes them the newest: a loss of power
      // may undo the last commits, and never damages what was there before, as MDB_NOSYNC would.
      flags.add(EnvFlags.MDB_NOMETASYNC);
    }
    if (options.mode() != OpenMode.READ_ONLY) {
      fillReaderTable(file, LmdbOption.MAX_READERS.of(options.engineOptions()));
    }
    return open(options, file, flags);
  }

  /**
   * Gives LMDB's table of readers its place on the disk. LMDB maps the table as a file with holes,
   * and on a full disk the first reader in a hole would end the JVM.
   */
  private static void fillReaderTable(Path file, long readers) throws IOException {
    byte[] empty = new byte[Math.toIntExact(TABLE_HEADER_BYTES + readers * READER_BYTES)];
    Path table = file.resolveSibling(file.getFileName() + "-lock");
    try (RandomAccessFile out = new RandomAccessFile(table.toFile(), "rw")) {
      out.write(empty);
      out.setLength(empty.length);
    }
  }

  private static LmdbFile open(
      StoreOptions options, Path file, List<EnvFlags> flags, DbiFlags... keyspaceFlags) {
    Env<NativeBytes> env =
        Env.create(PROXY)
            .setMapSize(LmdbOption.MAP_SIZE.of(options.engineOptions()))
            .setMaxReaders((int) LmdbOption.MAX_READERS.of(options.engineOptions()))
            .setMaxDbs(DATABASES)
            .open(file.toFile(), flags.toArray(EnvFlags[]::new));
    boolean opened = false;
    try {
      if (env.getMaxKeySize() < LONGEST_KEY_BYTES) {
        throw new GrantStoreException(
            Reason.UNSUPPORTED,
            String.format(
                Locale.ROOT,
                "LMDB library takes shorter keys only: bytes=%d needed=%d",
                env.getMaxKeySize(),
                LONGEST_KEY_BYTES));
      }
      LmdbFile database = new LmdbFile(file, options, env, keyspaceFlags);
      opened = true;
      return database;
    } finally {
      if (!opened) {
        env.close();
      }
    }
  }

  Path path() {
    return path;
  }

  /** {@return whether a commit or a sync failed, so that nobody knows what is there} */
  boolean hasFailed() {
    return failed;
  }

  void setFailed() {
    failed = true;
  }

  StoreOptions options() {
    return options;
  }

  Dbi<NativeBytes> keyspace(Keyspace keyspace) {
    Dbi<NativeBytes> dbi = keyspaces.get(keyspace);
    if (dbi == null) {
      throw new IllegalArgumentException("keyspace has no database: " + keyspace);
    }
    return dbi;
  }

  /** A transaction that shows this moment to its end; the caller closes it. */
  Txn<NativeBytes> beginRead() {
    return env.txnRead();
  }

  /** The one transaction that writes; the caller closes it, on the same thread. */
  Txn<NativeBytes> beginWrite() {
    return env.txnWrite();
  }

  /** Takes note of what a commit has made of the file. */
  void noteSize() {
    takenBytes = readTakenBytes();
  }

  /**
   * {@return whether bytes that LMDB has found lie within the pages that are taken} A damaged page
   * may say otherwise, and to read past the end of the file ends the JVM.
   *
   * @param found in a read transaction
   */
  boolean holds(NativeBytes found) {
    if (mapAddress == 0) {
      return true;
    }
    long offset = found.address() - mapAddress;
    long length = found.length();
    // A commit shows its pages to readers a moment before it is taken note of.
    return isWithin(offset, length, takenBytes) || isWithin(offset, length, readTakenBytes());
  }

  /**
   * Makes the file as long as the pages that are taken, so that one which was cut can be told at
   * once. LMDB does not write a page that a transaction takes and gives up again, be it the last of
   * the file; for a process that dies before this there is {@code FreePages}.
   */
  void lengthen() throws IOException {
    if (takenBytes > lengthBytes) {
      lengthBytes = Files.size(path);
      if (takenBytes > lengthBytes) {
        try (RandomAccessFile longer = new RandomAccessFile(path.toFile(), "rw")) {
          longer.setLength(takenBytes);
          longer.getFD().sync();
        }
        lengthBytes = takenBytes;
      }
    }
  }

  /** {@return whether what was committed can be forced to the disk} */
  boolean canSync() {
    try {
      sync();
      return true;
    } catch (LmdbException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Forces everything that was committed to the disk. */
  void sync() {
    env.sync(true);
  }

  EnvInfo info() {
    return env.info();
  }

  long pageBytes() {
    return pageBytes;
  }

  /** Closes LMDB; no transaction and no cursor is open any more. */
  @Override
  public void close() {
    env.close();
  }

  /**
   * Where the file is mapped, which LMDB does not tell: a page begins with its number, and the one
   * that holds the format's row is some pages behind the beginning. 0 if there is no such row.
   */
  private long locate() {
    byte[] key = MetaKeys.format();
    NativeBytes asked = new NativeBytes();
    asked.set(key, key.length);
    try (Txn<NativeBytes> txn = beginRead()) {
      @Nullable NativeBytes found = keyspace(Keyspace.META).get(txn, asked);
      if (found == null) {
        return 0;
      }
      long page = found.address() & -pageBytes;
      return page - NativeBytes.longAt(page) * pageBytes;
    }
  }

  private long readTakenBytes() {
    return (env.info().lastPageNumber + 1) * pageBytes;
  }

  private static boolean isWithin(long offset, long length, long end) {
    return offset >= 0 && length >= 0 && length <= end && offset <= end - length;
  }

  private static Dbi<NativeBytes> open(Env<NativeBytes> env, String name, DbiFlags... flags) {
    try {
      return env.openDbi(name.getBytes(StandardCharsets.UTF_8), flags);
    } catch (Dbi.KeyNotFoundException | Dbi.IncompatibleException e) {
      throw new GrantStoreException(
          Reason.NOT_A_STORE, "not a grant store, LMDB file has no keyspace " + name, e);
    }
  }
}
