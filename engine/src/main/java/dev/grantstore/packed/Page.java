package dev.grantstore.packed;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.IdField;
import dev.grantstore.codec.MalformedBytesException;
import org.jspecify.annotations.Nullable;

/** A page that was read, and is what its writer wrote. Immutable. */
public final class Page {
  static final int FLAG_NONE = 0;
  static final int FLAG_ALL = 1;
  static final int FLAG_BITS = 2;

  /** What a page takes of the heap besides its bytes, and its place in a cache. */
  private static final int OWN_BYTES = 96 + TimeColumn.OWN_BYTES;

  final byte[] bytes;
  final int rows;
  final TimeColumn times;

  /** Whether the bytes are {@link PlainRows}, and their texts ASCII. */
  final boolean isPlain;

  final boolean isAscii;
  final int flag;
  final int flagsAt;

  /** Null where no row expires. */
  final @Nullable ExpiryColumn expiry;

  /** Whether it was read since a cache looked last. Any thread, and none too many. */
  boolean wasUsed;

  private final String keyspace;
  private final byte[] key;

  private Page(String keyspace, byte[] key, byte[] bytes) throws MalformedBytesException {
    this.keyspace = keyspace;
    this.key = key;
    this.bytes = bytes;
    isPlain = false;
    isAscii = false;
    rows = PageBytes.u16(bytes, PageBytes.ROWS_AT);
    int columns = PageBytes.u8(bytes, PageBytes.COLUMNS_AT);
    int from = PageBytes.headBytes(columns);
    for (int i = 0; i < IdField.COUNT; i++) {
      from = Column.check(bytes, from, end(i, from), rows, i);
    }
    int timesEnd = end(PageBytes.TIME, from);
    times = TimeColumn.read(bytes, from, timesEnd, rows);
    int flagEnd = end(PageBytes.FLAG, timesEnd);
    flag = flagEnd > timesEnd ? PageBytes.u8(bytes, timesEnd) : -1;
    flagsAt = timesEnd + 1;
    long flagBytes = flag == FLAG_BITS ? PageBytes.packedBytes(rows, 1) : 0;
    if (flag < 0 || flag > FLAG_BITS || flagEnd - flagsAt != flagBytes) {
      throw new MalformedBytesException("flags have another length", timesEnd);
    }
    int detailsEnd = end(PageBytes.DETAILS, flagEnd);
    Column.check(bytes, flagEnd, detailsEnd, rows, PageBytes.DETAILS);
    int lastEnd = detailsEnd;
    if (columns > PageBytes.COLUMNS) {
      lastEnd = end(PageBytes.EXPIRY, detailsEnd);
      expiry = ExpiryColumn.read(bytes, detailsEnd, lastEnd, rows);
    } else {
      expiry = null;
    }
    if (bytes.length - lastEnd != PageBytes.SLACK_BYTES) {
      throw new MalformedBytesException("page has trailing bytes", lastEnd);
    }
  }

  private Page(Page from, byte[] plain) {
    keyspace = from.keyspace;
    key = from.key;
    bytes = plain;
    rows = from.rows;
    times = from.times;
    isPlain = true;
    isAscii = PlainRows.isAscii(plain);
    flag = from.flag;
    flagsAt = 0;
    expiry = null;
    wasUsed = from.wasUsed;
  }

  /** {@return the same rows as {@link PlainRows}, or this page if they cannot be that} */
  Page plain() {
    byte[] plain = isPlain ? null : PlainRows.of(this);
    return plain == null ? this : new Page(this, plain);
  }

  /** Whether rows have no details and no end, and times that are counted. */
  boolean isBare() {
    int details = start(PageBytes.DETAILS);
    return expiry == null
        && times.units() != TimeUnits.APART
        && bytes[details] == Column.CONSTANT
        && PageBytes.i32(bytes, details + 1) == 0;
  }

  boolean needsExpansion(int row) {
    if (isPlain) {
      return PlainRows.flag(bytes, row);
    }
    return flag == FLAG_BITS ? PageBytes.packed(bytes, flagsAt, row, 1, 1) != 0 : flag == FLAG_ALL;
  }

  /**
   * {@return the page that those bytes are}
   *
   * @param keyspace where it is, for errors
   * @param key its key
   * @param bytes as they were stored; the page's from now on
   * @throws CorruptionException if they are not a page that was written under that key
   */
  static Page read(String keyspace, byte[] key, byte[] bytes) {
    try {
      requireChecksum(key, bytes, PageBytes.headBytes(PageBytes.COLUMNS) + PageBytes.SLACK_BYTES);
      int columns = PageBytes.u8(bytes, PageBytes.COLUMNS_AT);
      boolean isKnown = columns == PageBytes.COLUMNS || columns == PageBytes.EXPIRY + 1;
      if (!isKnown
          || bytes.length < PageBytes.headBytes(columns) + PageBytes.SLACK_BYTES
          || PageBytes.u16(bytes, PageBytes.ROWS_AT) == 0) {
        throw new MalformedBytesException("page has other columns, or no rows", 0);
      }
      return new Page(keyspace, key, bytes);
    } catch (MalformedBytesException e) {
      throw corruption(keyspace, key, "page does not decode: " + e.getMessage(), e);
    }
  }

  /** Refuses what is too short, of another version, or not as it was written. */
  static void requireChecksum(byte[] key, byte[] bytes, int leastBytes)
      throws MalformedBytesException {
    if (bytes.length < leastBytes || bytes[PageBytes.VERSION_AT] != PageBytes.VERSION) {
      throw new MalformedBytesException("too short, or of an unknown version", 0);
    }
    if (PageBytes.checksum(key, bytes, bytes.length) != PageBytes.i32(bytes, 0)) {
      throw new MalformedBytesException("checksum differs", 0);
    }
  }

  static CorruptionException corruption(
      String keyspace, byte[] key, String problem, @Nullable Throwable cause) {
    return new CorruptionException(keyspace, Bytes.copyOf(key), problem, cause);
  }

  /** {@return what it takes of the heap, about} */
  int memoryBytes() {
    return bytes.length + OWN_BYTES + (expiry == null ? 0 : ExpiryColumn.OWN_BYTES);
  }

  CorruptionException corruption(String problem) {
    return corruption(keyspace, key, problem, null);
  }

  /** {@return where a column starts} */
  int start(int column) {
    return column == 0
        ? PageBytes.headBytes(PageBytes.u8(bytes, PageBytes.COLUMNS_AT))
        : end(column - 1);
  }

  /** {@return where a column ends} */
  int end(int column) {
    return PageBytes.i32(bytes, PageBytes.ENDS_AT + Integer.BYTES * column);
  }

  private int end(int column, int from) throws MalformedBytesException {
    int end = end(column);
    if (end < from || end > bytes.length - PageBytes.SLACK_BYTES) {
      throw new MalformedBytesException("column ends outside of the page", from);
    }
    return end;
  }
}
