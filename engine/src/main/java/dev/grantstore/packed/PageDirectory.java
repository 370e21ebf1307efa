package dev.grantstore.packed;

import dev.grantstore.codec.MalformedBytesException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Which page of a keyspace a key is in: the separators of all pages, part after part. Immutable.
 */
final class PageDirectory {
  private static final int ROWS_AT = Integer.BYTES + 1;
  private static final int PAGES_AT = ROWS_AT + Long.BYTES;
  private static final int SEPARATORS_AT = PAGES_AT + Integer.BYTES;
  private static final VarHandle BIG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] separators;

  /** Where each separator ends; the first one starts at 0. */
  private final int[] ends;

  /**
   * The first eight bytes of each behind what all but the first page's have in common, as numbers
   * that order with their signs.
   */
  private final long[] heads;

  private final int common;

  /** The number of the first page of each part, and of all pages. */
  private final int[] firstPages;

  private final long rows;

  private PageDirectory(byte[] separators, int[] ends, int[] firstPages, long rows) {
    this.separators = separators;
    this.ends = ends;
    this.firstPages = firstPages;
    this.rows = rows;
    common = common(separators, ends);
    heads = new long[ends.length];
    for (int page = 1; page < ends.length; page++) {
      heads[page] = head(separators, ends[page - 1] + common, ends[page]);
    }
  }

  /** Begins to write a part's. */
  static void begin(PageOutput out) {
    out.i32(0);
    out.u8(PageBytes.VERSION);
    out.i64(0);
    out.i32(0);
  }

  /** {@return a part's, whose separators were written} */
  static byte[] end(PageOutput out, byte[] key, long rows, int pages) {
    byte[] directory = out.toByteArray();
    PageBytes.LONGS.set(directory, ROWS_AT, rows);
    PageBytes.INTS.set(directory, PAGES_AT, pages);
    PageBytes.INTS.set(directory, 0, PageBytes.checksum(key, directory, directory.length));
    return directory;
  }

  /**
   * {@return the directory of a keyspace}
   *
   * @param keys the keys of its parts' directories
   * @param parts their bytes
   */
  static PageDirectory read(byte[][] keys, byte[][] parts) throws MalformedBytesException {
    int[] firstPages = new int[parts.length + 1];
    long rows = 0;
    int bytes = 0;
    for (int part = 0; part < parts.length; part++) {
      byte[] directory = parts[part];
      Page.requireChecksum(keys[part], directory, SEPARATORS_AT);
      rows += PageBytes.i64(directory, ROWS_AT);
      int pages = PageBytes.i32(directory, PAGES_AT);
      if (pages < 0 || pages > (directory.length - SEPARATORS_AT) / Integer.BYTES) {
        throw new MalformedBytesException("directory is cut off", PAGES_AT);
      }
      firstPages[part + 1] = firstPages[part] + pages;
      bytes += directory.length - SEPARATORS_AT - pages * Integer.BYTES;
    }
    byte[] separators = new byte[bytes];
    int[] ends = new int[firstPages[parts.length]];
    int page = 0;
    int end = 0;
    for (byte[] directory : parts) {
      int pages = PageBytes.i32(directory, PAGES_AT);
      int at = SEPARATORS_AT;
      for (int i = 0; i < pages; i++) {
        int length = at > directory.length - Integer.BYTES ? -1 : PageBytes.i32(directory, at);
        at += Integer.BYTES;
        // More pages than there are separators would take bytes that are counted as lengths.
        if (length < 0 || length > Math.min(directory.length - at, bytes - end)) {
          throw new MalformedBytesException("directory is cut off", at);
        }
        System.arraycopy(directory, at, separators, end, length);
        if (page > 0
            && !isAbove(separators, ends[page - 1], end + length, page > 1 ? ends[page - 2] : 0)) {
          throw new MalformedBytesException("directory is out of order", at);
        }
        at += length;
        end += length;
        ends[page++] = end;
      }
      if (at != directory.length) {
        throw new MalformedBytesException("directory has trailing bytes", at);
      }
    }
    return new PageDirectory(separators, ends, firstPages, rows);
  }

  /** Whether a separator is above the one right before it; else a page would not be found. */
  private static boolean isAbove(byte[] separators, int from, int to, int before) {
    return Arrays.compareUnsigned(separators, from, to, separators, before, from) > 0;
  }

  int pages() {
    return ends.length;
  }

  /** {@return how many rows all pages have} */
  long rows() {
    return rows;
  }

  /** {@return how many parts there are} */
  int parts() {
    return firstPages.length - 1;
  }

  /** {@return the part that a page is of} */
  int part(int page) {
    int part = 0;
    while (page >= firstPages[part + 1]) {
      part++;
    }
    return part;
  }

  /** {@return how many pages a part has} */
  int pagesOf(int part) {
    return firstPages[part + 1] - firstPages[part];
  }

  int pageInPart(int page) {
    return page - firstPages[part(page)];
  }

  /** {@return what it takes of the heap, about} */
  long memoryBytes() {
    return separators.length + (Integer.BYTES + Long.BYTES) * (long) ends.length;
  }

  /**
   * {@return the only page that may have a key, or the one before where it would be; of at least
   * one}
   *
   * @param key holds it
   * @param from where it starts, behind the sync's number
   * @param to where it ends
   */
  int find(byte[] key, int from, int to) {
    if (ends.length == 1) {
      return 0;
    }
    int both = Math.min(common, to - from);
    int differs = Arrays.mismatch(key, from, from + both, separators, ends[0], ends[0] + both);
    if (differs >= 0) {
      return (key[from + differs] & 0xff) < (separators[ends[0] + differs] & 0xff)
          ? 0
          : ends.length - 1;
    }
    if (both < common) {
      return 0;
    }
    long head = head(key, from + common, to);
    int low = firstNotBelow(head);
    if (low == ends.length || heads[low] != head) {
      return low - 1;
    }
    int high = head == Long.MAX_VALUE ? ends.length : firstNotBelow(head + 1);
    while (low < high) {
      int middle = (low + high) >>> 1;
      int compared = Long.compare(heads[middle], head);
      if (compared == 0) {
        compared =
            Arrays.compareUnsigned(separators, ends[middle - 1], ends[middle], key, from, to);
      }
      if (compared <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** The first page but the first of all whose head is not below one; without a branch to guess. */
  private int firstNotBelow(long head) {
    int low = 1;
    int left = heads.length - 1;
    while (left > 1) {
      int half = left >>> 1;
      low += heads[low + half - 1] < head ? half : 0;
      left -= half;
    }
    return low + (heads[low] < head ? 1 : 0);
  }

  private static int common(byte[] separators, int[] ends) {
    int common = ends.length < 2 ? 0 : ends[1] - ends[0];
    for (int page = 2; page < ends.length; page++) {
      int both = Math.min(common, ends[page] - ends[page - 1]);
      int differs =
          Arrays.mismatch(
              separators,
              ends[0],
              ends[0] + both,
              separators,
              ends[page - 1],
              ends[page - 1] + both);
      common = differs < 0 ? both : differs;
    }
    return common;
  }

  /** Up to eight bytes as a number that orders as they do, but for zeros at the end. */
  private static long head(byte[] bytes, int from, int to) {
    if (from + Long.BYTES <= to) {
      return (long) BIG.get(bytes, from) ^ Long.MIN_VALUE;
    }
    long head = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      head = (head << Byte.SIZE) | (from + i < to ? bytes[from + i] & 0xff : 0);
    }
    return head ^ Long.MIN_VALUE;
  }
}
