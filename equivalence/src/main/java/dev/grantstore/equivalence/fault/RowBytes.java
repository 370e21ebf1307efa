package dev.grantstore.equivalence.fault;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Tells which bytes of a database file are the keys and values of rows, and nothing else: where
 * pages have no checksums, no look at their structure can tell that such a byte is another. Knows
 * the files of SQLite and LMDB; of others no byte is taken for a row's. Stateless.
 *
 * <p>Left out, so that they do not excuse what could be found: page headers, pointers, lengths,
 * LMDB's branch keys (a copy of no row), its list of free pages and its directory of databases,
 * SQLite's schema, and values so long that they have pages of their own.
 */
final class RowBytes {
  private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int SQLITE_INTERIOR_INDEX = 2;
  private static final int SQLITE_LEAF_INDEX = 10;

  private static final int LMDB_MAGIC = 0xBEEFC0DE;
  private static final int LMDB_MAGIC_AT = 16;
  private static final int LMDB_PAGE_BYTES_AT = 40;
  private static final int LMDB_HEADER_BYTES = 16;
  private static final int LMDB_LEAF = 0x02;
  private static final int LMDB_NODE_BYTES = 8;
  private static final int LMDB_FREE_KEY_BYTES = 8;

  private RowBytes() {}

  /** {@return whether two states of a file differ, and in bytes of rows only} */
  static boolean differOnly(byte[] before, byte[] after) {
    if (before.length != after.length) {
      return false;
    }
    BitSet rows = of(before);
    int first = nextOther(before, after, 0);
    int other = first;
    while (other < before.length) {
      if (!rows.get(other)) {
        return false;
      }
      other = nextOther(before, after, other + 1);
    }
    return first < before.length;
  }

  private static int nextOther(byte[] a, byte[] b, int from) {
    int found = Arrays.mismatch(a, from, a.length, b, from, b.length);
    return found < 0 ? a.length : from + found;
  }

  /**
   * {@return whether two states of a file of SQLite differ, and only in pages that are pages of
   * rows in both} A checksum and a count of rows would tell; so would reading and comparing all of
   * the file as SQLite's integrity check does, which takes as long as the file is large.
   */
  static boolean differOnlyInPagesOfSqlite(byte[] before, byte[] after) {
    if (before.length != after.length || !isSqlite(before) || !isSqlite(after)) {
      return false;
    }
    int pageBytes = sqlitePageBytes(ByteBuffer.wrap(before));
    for (int page = 0; page < before.length; page += pageBytes) {
      int end = Math.min(page + pageBytes, before.length);
      boolean isOther = !Arrays.equals(before, page, end, after, page, end);
      if (isOther && (page == 0 || !holdsRows(before[page]) || !holdsRows(after[page]))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSqlite(byte[] file) {
    return file.length >= 100 && Arrays.equals(file, 0, SQLITE.length, SQLITE, 0, SQLITE.length);
  }

  private static int sqlitePageBytes(ByteBuffer file) {
    return file.getShort(16) == 1 ? 1 << 16 : file.getShort(16) & 0xffff;
  }

  private static boolean holdsRows(byte pageType) {
    return pageType == SQLITE_LEAF_INDEX || pageType == SQLITE_INTERIOR_INDEX;
  }

  private static BitSet of(byte[] file) {
    BitSet rows = new BitSet(file.length);
    if (isSqlite(file)) {
      sqlite(file, rows);
    } else if (file.length >= 100
        && ByteBuffer.wrap(file).order(ByteOrder.nativeOrder()).getInt(LMDB_MAGIC_AT)
            == LMDB_MAGIC) {
      lmdb(ByteBuffer.wrap(file).order(ByteOrder.nativeOrder()), rows);
    }
    return rows;
  }

  /** The payloads of index pages: tables without row ids are such. */
  private static void sqlite(byte[] file, BitSet rows) {
    ByteBuffer in = ByteBuffer.wrap(file);
    int pageBytes = sqlitePageBytes(in);
    int usable = pageBytes - (file[20] & 0xff);
    // The first page holds the schema.
    for (int page = pageBytes; page + pageBytes <= file.length; page += pageBytes) {
      byte type = file[page];
      if (!holdsRows(type)) {
        continue;
      }
      int pointers = page + (type == SQLITE_LEAF_INDEX ? 8 : 12);
      int cells = in.getShort(page + 3) & 0xffff;
      for (int i = 0; i < cells && pointers + 2 * i + 2 <= page + pageBytes; i++) {
        int at = page + (in.getShort(pointers + 2 * i) & 0xffff);
        if (type == SQLITE_INTERIOR_INDEX) {
          at += Integer.BYTES; // the left child's number
        }
        int length = 0;
        while (at < page + pageBytes && file[at] < 0) {
          length = (length << 7) | (file[at++] & 0x7f);
        }
        length = length << 7 | file[Math.min(at++, file.length - 1)];
        if (length <= (usable - 12) * 64 / 255 - 23) {
          rows.set(at, Math.min(at + length, page + usable));
        }
      }
    }
  }

  /** Keys and values of leaf pages. */
  private static void lmdb(ByteBuffer in, BitSet rows) {
    int pageBytes = in.getInt(LMDB_PAGE_BYTES_AT);
    for (int page = 2 * pageBytes; page + pageBytes <= in.limit(); page += pageBytes) {
      if (in.getShort(page + 10) != LMDB_LEAF) {
        continue;
      }
      int lower = in.getShort(page + 12) & 0xffff;
      for (int at = LMDB_HEADER_BYTES; at < Math.min(lower, pageBytes); at += Short.BYTES) {
        int node = page + (in.getShort(page + at) & 0xffff);
        if (node + LMDB_NODE_BYTES > page + pageBytes) {
          continue;
        }
        int valueBytes =
            (in.getShort(node) & 0xffff) | ((in.getShort(node + 2) & 0xffff) << Short.SIZE);
        int flags = in.getShort(node + 4);
        int keyBytes = in.getShort(node + 6) & 0xffff;
        int end = node + LMDB_NODE_BYTES + keyBytes + valueBytes;
        if (flags == 0 && keyBytes != LMDB_FREE_KEY_BYTES && end <= page + pageBytes) {
          rows.set(node + LMDB_NODE_BYTES, end);
        }
      }
    }
  }
}
