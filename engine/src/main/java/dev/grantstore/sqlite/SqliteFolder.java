package dev.grantstore.sqlite;

import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.embedded.FolderClaim;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The folder of a store, and what says that it is one.
 *
 * <pre>
 * grants.db   the database; its header says what it is, see {@link Schema}
 * grants.db-wal, grants.db-shm   SQLite's log and its index, while open and after a kill
 * LOCK        empty, held while open, for writing or for reading
 * bulk-N/     files of a load in progress; removed when found on opening
 * </pre>
 *
 * <p>The tables are made in one transaction, with a rollback journal. So a database that is empty,
 * or has such a journal, is what is left when a process dies while it makes a store.
 */
final class SqliteFolder implements AutoCloseable {
  private static final String DATABASE = "grants.db";
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 100;
  private static final int USER_VERSION_AT = 60;
  private static final int APPLICATION_ID_AT = 68;

  private final FolderClaim claim;
  private boolean madeStore;

  private SqliteFolder(FolderClaim claim) {
    this.claim = claim;
  }

  /** Checks the location against what the caller expects, and locks it. */
  static SqliteFolder claim(String location, OpenMode mode) throws IOException {
    FolderClaim claim = FolderClaim.at(location, DATABASE);
    SqliteFolder folder = new SqliteFolder(claim);
    claim.check(mode);
    try {
      if (mode == OpenMode.READ_ONLY) {
        claim.lockForReading();
      } else {
        claim.lockForWriting();
      }
      // Once more, with nobody else at it.
      claim.check(mode);
      folder.checkDatabase(mode);
      return folder;
    } catch (IOException | RuntimeException | Error e) {
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

  /**
   * Takes back what opening made, after it failed, and gives up the folder.
   *
   * @param because why it failed; takes note of what cannot be deleted
   */
  void abandon(Throwable because) {
    try {
      try {
        deleteIfMade();
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

  private void deleteIfMade() throws IOException {
    if (madeStore) {
      for (String suffix : List.of("", "-journal", "-wal", "-shm")) {
        Files.deleteIfExists(path().resolve(DATABASE + suffix));
      }
    }
  }

  private void checkDatabase(OpenMode mode) throws IOException {
    boolean isUnfinished = isUnfinished();
    if (isUnfinished && (mode == OpenMode.OPEN || mode == OpenMode.READ_ONLY)) {
      throw claim.neverFinished();
    }
    if (!isUnfinished) {
      checkHeader();
    }
    if (!isUnfinished && mode == OpenMode.CREATE) {
      throw claim.exists();
    }
    madeStore = isUnfinished && (!Files.exists(database()) || Files.size(database()) == 0);
    if (!isUnfinished && mode != OpenMode.READ_ONLY && !Files.isWritable(database())) {
      throw new GrantStoreException(Reason.NOT_WRITABLE, "store is not writable: " + database());
    }
  }

  private boolean isUnfinished() throws IOException {
    return !Files.exists(database())
        || Files.size(database()) == 0
        || Files.exists(path().resolve(DATABASE + "-journal"));
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
    claim.checkVersion(header.getInt(USER_VERSION_AT), FormatVersion.CURRENT);
  }
}
