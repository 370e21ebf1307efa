package dev.grantstore.sqlite;

import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.FolderClaim;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The folder of a store, and what says that it is one.
 *
 * <pre>
 * grants.db       the database; its header says what it is, see {@link Schema}
 * grants.db-wal, grants.db-shm   SQLite's log and its index, while open and after a kill
 * grants.db.new   a database that is being made; left when the process dies meanwhile
 * WATERMARK, WATERMARK.base   what is durable, see {@link DurableMark}; not in format 1
 * LOCK            empty, held while open, for writing or for reading
 * bulk-N/         files of a load in progress; removed when found on opening
 * </pre>
 *
 * <p>A database is made under another name and renamed, so the one of that name is whole: an empty
 * one has lost everything.
 */
final class SqliteFolder implements AutoCloseable {
  private static final String DATABASE = "grants.db";
  private static final String UNFINISHED = DATABASE + ".new";
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 100;
  private static final int PAGE_BYTES_AT = 16;
  private static final int PAGES_AT = 28;
  private static final int USER_VERSION_AT = 60;
  private static final int APPLICATION_ID_AT = 68;

  private final FolderClaim claim;
  private long headerBytes;
  private int stamp;
  private boolean madeStore;

  private SqliteFolder(FolderClaim claim) {
    this.claim = claim;
  }

  /** Checks the location against what the caller expects, locks it, and makes what is missing. */
  static SqliteFolder claim(String location, OpenMode mode) throws IOException, SQLException {
    FolderClaim claim = FolderClaim.at(location, DATABASE, UNFINISHED);
    SqliteFolder folder = new SqliteFolder(claim);
    folder.check(mode);
    try {
      if (mode == OpenMode.READ_ONLY) {
        claim.lockForReading();
      } else {
        claim.lockForWriting();
      }
      // Once more, with nobody else at it.
      folder.check(mode);
      if (claim.isStore()) {
        folder.checkStore(mode);
      } else {
        folder.madeStore = true;
        folder.make();
      }
      return folder;
    } catch (IOException | SQLException | RuntimeException | Error e) {
      folder.abandon(e);
      throw e;
    }
  }

  Path path() {
    return claim.path();
  }

  Path database() {
    return claim.mark();
  }

  /** {@return whether this opening made the store: it goes again if the opening fails} */
  boolean isNew() {
    return madeStore;
  }

  /** {@return the stamp that the database file has} */
  int stamp() {
    return stamp;
  }

  /**
   * Refuses a database that is of a newer format, or another store's, or has lost what was durable.
   *
   * @param version the format in it
   * @param identity the store's, in it
   * @param commit the number of the last write in it
   * @param log the database's log
   * @param mark the store's; read here
   * @throws GrantStoreException if it is refused
   */
  void check(int version, UUID identity, long commit, Path log, DurableMark mark)
      throws IOException {
    claim.checkVersion(version, FormatVersion.CURRENT);
    mark.read(version);
    mark.check(identity, commit);
    boolean isCopying = mark.note().isPresent() && LogCopy.check(mark.note().get(), log, stamp);
    boolean isLogged = Files.exists(log) && Files.size(log) > 0;
    if (!isLogged || (version >= FormatVersion.MARKED && !isCopying)) {
      checkLength();
    }
  }

  /** SQLite reads zeros behind the end of the file. */
  private void checkLength() throws IOException {
    long found = Files.size(database());
    if (found < headerBytes) {
      throw new GrantStoreException(
          Reason.DATA_LOSS,
          String.format(
              Locale.ROOT,
              "database is shorter than it was: file=%s expected=%s found=%s",
              database(),
              headerBytes,
              found));
    }
  }

  /**
   * Takes back what opening made, after it failed, and gives up the folder.
   *
   * @param because why it failed; takes note of what cannot be deleted
   */
  void abandon(Throwable because) {
    try {
      try {
        if (madeStore) {
          for (String suffix : List.of("", ".new", "-wal", "-shm")) {
            Files.deleteIfExists(path().resolve(DATABASE + suffix));
          }
          DurableMark.delete(path());
        }
      } finally {
        claim.abandon();
      }
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  /** Lets others open the folder. */
  @Override
  public void close() throws IOException {
    claim.close();
  }

  private void check(OpenMode mode) throws IOException {
    if (!claim.isStore() && DurableMark.isIn(path())) {
      throw new GrantStoreException(Reason.DATA_LOSS, "database is missing: " + database());
    }
    claim.check(mode);
  }

  private void checkStore(OpenMode mode) throws IOException {
    if (Files.exists(path().resolve(DATABASE + "-journal"))) {
      // Ours never has one by that name; SQLite would write it into the database.
      throw new GrantStoreException(
          Reason.CORRUPTION, "another journal is beside the database: " + database() + "-journal");
    }
    if (Files.size(database()) == 0) {
      throw new GrantStoreException(Reason.DATA_LOSS, "database is empty: " + database());
    }
    checkHeader();
    if (mode == OpenMode.CREATE) {
      throw claim.exists();
    }
    if (mode != OpenMode.READ_ONLY && !Files.isWritable(database())) {
      throw new GrantStoreException(Reason.NOT_WRITABLE, "store is not writable: " + database());
    }
  }

  private void checkHeader() throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(database())) {
      bytes = in.readNBytes(HEADER_BYTES);
    }
    if (bytes.length < HEADER_BYTES
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw claim.notStore("grants.db is no SQLite database");
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (header.getInt(APPLICATION_ID_AT) != Schema.APPLICATION_ID) {
      throw claim.notStore("grants.db is another application's");
    }
    int userVersion = header.getInt(USER_VERSION_AT);
    claim.checkVersion(Schema.version(userVersion), FormatVersion.CURRENT);
    stamp = Schema.stamp(userVersion);
    // Our pages are of SQLite's usual size, so not of 64 KiB, which is written as 1.
    headerBytes =
        Short.toUnsignedLong(header.getShort(PAGE_BYTES_AT))
            * Integer.toUnsignedLong(header.getInt(PAGES_AT));
  }

  private void make() throws IOException, SQLException {
    Path unfinished = path().resolve(UNFINISHED);
    Files.deleteIfExists(unfinished);
    stamp = Schema.create(unfinished, UUID.randomUUID());
    Files.move(unfinished, database(), StandardCopyOption.ATOMIC_MOVE);
    FolderTree.force(path());
  }
}
