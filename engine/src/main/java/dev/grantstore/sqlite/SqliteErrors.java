package dev.grantstore.sqlite;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what an error of the engine means in the contract's terms. */
final class SqliteErrors {
  /** SQLite's primary result codes; the lower byte of every code it gives. */
  private static final int CODE_MASK = 0xff;

  private static final int PERM = 3;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int NOTADB = 26;

  private SqliteErrors() {}

  /** The error for a failed call on a store. */
  static GrantStoreException wrap(String doing, SQLException e) {
    return new GrantStoreException(
        reason(e), String.format(Locale.ROOT, "%s: %s", doing, e.getMessage()), e);
  }

  private static Reason reason(SQLException e) {
    // The index of the log, which SQLite maps, has no room; all of its other files say FULL.
    if (e instanceof SQLiteException full
        && full.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
      return Reason.NO_SPACE;
    }
    return switch (e.getErrorCode() & CODE_MASK) {
      case CORRUPT, NOTADB -> Reason.CORRUPTION;
      case FULL -> Reason.NO_SPACE;
      case READONLY, PERM -> Reason.NOT_WRITABLE;
      case BUSY, LOCKED -> Reason.TIMEOUT;
      default -> Reason.IO;
    };
  }
}
