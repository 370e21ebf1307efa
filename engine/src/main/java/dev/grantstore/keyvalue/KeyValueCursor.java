package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.Grant;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the rows of one keyspace whose keys start with a prefix. Its views point into its own
 * arrays, or into the database's that nobody changes.
 */
final class KeyValueCursor extends StoreCursor {
  private final KeyValueDatabase database;
  private final Keyspace keyspace;
  private final Rows rows;
  private final KeyRanges ranges;
  private final RowReader row;
  private final long expectedRows;
  private final RowBytes key = new RowBytes();
  private final RowBytes value = new RowBytes();
  private long rowsRead;
  private boolean onRow;
  private boolean exhausted;
  private @Nullable Exception failure;

  /**
   * Takes ownership of the rows.
   *
   * @param ranges those of the rows; moved along with them
   * @param expectedRows how many there must be, or {@link SyncRow#UNKNOWN}
   */
  KeyValueCursor(
      KeyValueDatabase database, Rows rows, KeyRanges ranges, long expectedRows, Children owner) {
    super(owner);
    this.database = database;
    this.rows = rows;
    this.ranges = ranges;
    this.expectedRows = expectedRows;
    keyspace = ranges.keyspace();
    row = new RowReader(keyspace);
    // What an error before the first row is near.
    key.point(ranges.from());
  }

  @Override
  public boolean next() {
    acquire();
    try {
      onRow = false;
      Exception failed = failure;
      if (failed != null) {
        throw unreadable(failed);
      }
      if (!exhausted) {
        onRow = readRow();
        exhausted = !onRow;
        if (onRow) {
          rowsRead++;
        } else {
          checkCount();
        }
      }
      return onRow;
    } finally {
      release();
    }
  }

  @Override
  public Utf8View id(IdField field) {
    requireRow(onRow);
    return row.id(field);
  }

  @Override
  public long discoveredSeconds() {
    requireRow(onRow);
    return row.record().discoveredSeconds();
  }

  @Override
  public int discoveredNanos() {
    requireRow(onRow);
    return row.record().discoveredNanos();
  }

  @Override
  public boolean needsExpansion() {
    requireRow(onRow);
    return row.record().needsExpansion();
  }

  @Override
  public boolean hasExpiry() {
    requireRow(onRow);
    return row.record().hasExpiry();
  }

  @Override
  public long expiresSeconds() {
    requireRow(onRow);
    return row.record().expiresSeconds();
  }

  @Override
  public int expiresNanos() {
    requireRow(onRow);
    return row.record().expiresNanos();
  }

  @Override
  public boolean hasDetails() {
    requireRow(onRow);
    return row.record().detailsLength() > 0;
  }

  @Override
  public Grant grant() {
    requireRow(onRow);
    try {
      return row.grant();
    } catch (MalformedBytesException e) {
      throw Failures.malformed(keyspace, key.array(), key.length(), e);
    }
  }

  @Override
  byte[] position() {
    requireRow(onRow);
    return ranges.position(key.toByteArray());
  }

  @Override
  protected void end(boolean byItsUser) {
    try {
      rows.close();
    } catch (Exception e) {
      throw Failures.of(database, "cursor did not close", e);
    }
  }

  private boolean readRow() {
    try {
      if (!rows.next(key, value)) {
        return false;
      }
      YieldPoint.reached("cursor moved");
    } catch (Exception e) {
      // A database may have ended what met an error: it must not be asked again.
      failure = e;
      throw unreadable(e);
    }
    try {
      row.read(key.array(), key.length(), value.array(), value.length());
    } catch (MalformedBytesException e) {
      throw Failures.malformed(keyspace, key.array(), key.length(), e);
    }
    return true;
  }

  /** A damaged page may have taken rows with it of which nothing else tells. */
  private void checkCount() {
    if (expectedRows != SyncRow.UNKNOWN && rowsRead != expectedRows) {
      CorruptionException lost =
          new CorruptionException(
              keyspace.label(),
              Bytes.copyOf(key.array(), 0, key.length()),
              String.format(
                  Locale.ROOT,
                  "sync has not the rows it had: rows=%d expected=%d",
                  rowsRead,
                  expectedRows),
              null);
      failure = lost;
      throw lost;
    }
  }

  private RuntimeException unreadable(Exception e) {
    return Failures.ofRead(database, keyspace, key.array(), key.length(), e);
  }
}
