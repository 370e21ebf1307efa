package dev.grantstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Reason;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What each result code of SQLite is to callers, extended ones as the one that they extend. */
final class SqliteErrorsTest {
  private static final int CODE_MASK = 0xff;

  private static final Map<String, Reason> REASONS =
      Map.of(
          "SQLITE_CORRUPT", Reason.CORRUPTION,
          "SQLITE_NOTADB", Reason.CORRUPTION,
          "SQLITE_FULL", Reason.NO_SPACE,
          "SQLITE_READONLY", Reason.NOT_WRITABLE,
          "SQLITE_PERM", Reason.NOT_WRITABLE,
          "SQLITE_BUSY", Reason.TIMEOUT,
          "SQLITE_LOCKED", Reason.TIMEOUT);

  @Test
  void eachCodeHasItsReason() {
    Set<Reason> seen = EnumSet.noneOf(Reason.class);
    for (SQLiteErrorCode code : SQLiteErrorCode.values()) {
      Reason expected =
          code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE
              ? Reason.NO_SPACE
              : REASONS.getOrDefault(plain(code), Reason.IO);
      Reason found = SqliteErrors.wrap("put failed", new SQLiteException("words", code)).reason();

      assertThat(found).as("%s", code).isEqualTo(expected);
      seen.add(found);
    }
    assertThat(seen).hasSize(5);
  }

  private static String plain(SQLiteErrorCode extended) {
    for (SQLiteErrorCode code : SQLiteErrorCode.values()) {
      if (extended.code > CODE_MASK && code.code == (extended.code & CODE_MASK)) {
        return code.name();
      }
    }
    return extended.name();
  }
}
