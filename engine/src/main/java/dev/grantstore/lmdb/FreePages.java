package dev.grantstore.lmdb;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which of the last pages of an LMDB file are free, read without LMDB.
 *
 * <p>LMDB does not write a page that a transaction takes and gives up again. When the process dies
 * after such a commit, before {@link Database#lengthen}, the file is shorter than the pages that
 * are taken, and has lost nothing: what is missing is free. A file that was cut lacks pages that
 * are not.
 *
 * <pre>
 * free := row of the database at the free root: transaction:u64 -> count:u64 page:u64 * count
 * tree := number:u64 pad:u16 flags:u16 lower:u16 upper:u16 (position:u16)* ... node*
 * node := low:u16 high:u16 flags:u16 key-bytes:u16 key (page:u64 | value)      in a leaf
 *       | page's lowest, middle and highest:u16 key-bytes:u16 key              in a branch
 * </pre>
 */
final class FreePages {
  private static final int FLAGS_AT = 10;
  private static final int LOWER_AT = 12;
  private static final int HEADER_BYTES = 16;
  private static final int NODE_BYTES = 8;
  private static final int BRANCH = 0x01;
  private static final int LEAF = 0x02;
  private static final int OVERFLOW = 0x04;
  private static final int ELSEWHERE = 0x01;
  private static final int MOST_LEVELS = 32;

  private final RandomAccessFile in;
  private final int pageBytes;
  private final long first;
  private final long last;
  private final BitSet free = new BitSet();

  private FreePages(RandomAccessFile in, int pageBytes, long first, long last) {
    this.in = in;
    this.pageBytes = pageBytes;
    this.first = first;
    this.last = last;
  }

  /**
   * {@return whether all of some pages are free} False also where the list itself is damaged or not
   * in the file.
   *
   * @param root of the database of free pages
   * @param first the first of the pages, which need not be in the file
   * @param last the last of them
   */
  static boolean areAll(RandomAccessFile in, int pageBytes, long root, long first, long last)
      throws IOException {
    if (last - first >= Integer.MAX_VALUE) {
      return false;
    }
    FreePages pages = new FreePages(in, pageBytes, first, last);
    return pages.readTree(root, MOST_LEVELS) && pages.free.cardinality() == last - first + 1;
  }

  private boolean readTree(long number, int levels) throws IOException {
    @Nullable ByteBuffer page = levels == 0 ? null : read(number, pageBytes);
    if (page == null || page.getLong(0) != number) {
      return false;
    }
    int flags = page.getShort(FLAGS_AT);
    if ((flags & (BRANCH | LEAF)) == 0) {
      return false;
    }
    int end = Short.toUnsignedInt(page.getShort(LOWER_AT));
    boolean whole = end >= HEADER_BYTES && end <= pageBytes;
    for (int at = HEADER_BYTES; whole && at < end; at += Short.BYTES) {
      int node = Short.toUnsignedInt(page.getShort(at));
      whole =
          node + NODE_BYTES + Long.BYTES <= pageBytes
              && ((flags & BRANCH) != 0 ? readBranch(page, node, levels) : readLeaf(page, node));
    }
    return whole;
  }

  private boolean readBranch(ByteBuffer page, int node, int levels) throws IOException {
    long child = size(page, node) | (long) Short.toUnsignedInt(page.getShort(node + 4)) << 32;
    return readTree(child, levels - 1);
  }

  private boolean readLeaf(ByteBuffer page, int node) throws IOException {
    long bytes = size(page, node);
    int value = node + NODE_BYTES + Short.toUnsignedInt(page.getShort(node + 6));
    if ((page.getShort(node + 4) & ELSEWHERE) == 0) {
      return bytes <= pageBytes - value && note(page, value, bytes);
    }
    if (value + Long.BYTES > pageBytes) {
      return false;
    }
    long number = page.getLong(value);
    @Nullable ByteBuffer elsewhere = read(number, HEADER_BYTES + bytes);
    return elsewhere != null
        && elsewhere.getLong(0) == number
        && (elsewhere.getShort(FLAGS_AT) & OVERFLOW) != 0
        && note(elsewhere, HEADER_BYTES, bytes);
  }

  /** Notes a row's pages. */
  private boolean note(ByteBuffer in, int at, long bytes) {
    long count = bytes < Long.BYTES ? -1 : in.getLong(at);
    if (count < 0 || count > bytes / Long.BYTES - 1) {
      return false;
    }
    for (int i = 1; i <= count; i++) {
      long page = in.getLong(at + i * Long.BYTES);
      if (page >= first && page <= last) {
        free.set((int) (page - first));
      }
    }
    return true;
  }

  private static long size(ByteBuffer page, int node) {
    boolean isLowFirst = page.order() == ByteOrder.LITTLE_ENDIAN;
    long one = Short.toUnsignedLong(page.getShort(node));
    long two = Short.toUnsignedLong(page.getShort(node + 2));
    return isLowFirst ? two << 16 | one : one << 16 | two;
  }

  /** Bytes from the start of a page on; null if they are not all in the file. */
  private @Nullable ByteBuffer read(long number, long bytes) throws IOException {
    long pagesInFile = in.length() / pageBytes;
    if (number < 0 || number >= pagesInFile || bytes > in.length() - number * pageBytes) {
      return null;
    }
    byte[] read = new byte[Math.toIntExact(bytes)];
    in.seek(number * pageBytes);
    in.readFully(read);
    return ByteBuffer.wrap(read).order(ByteOrder.nativeOrder());
  }
}
