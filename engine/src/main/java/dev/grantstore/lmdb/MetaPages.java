package dev.grantstore.lmdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What LMDB's file says of itself in its first two pages, read and checked before LMDB maps it:
 * LMDB takes the newer page that looks right, and falls back on the older one without a word.
 *
 * <pre>
 * page := number:u64 pad:u16 flags:u16 lower:u16 upper:u16 meta         (native byte order)
 * meta := magic:u32 version:u32 address:u64 map:u64 free:db main:db last-page:u64 transaction:u64
 * db   := page-size:u32 flags:u16 depth:u16 branches:u64 leaves:u64 overflow:u64 rows:u64 root:u64
 * </pre>
 *
 * @param number the number of the newer page
 * @param pageBytes the size of a page
 * @param free the tree of what is free, by transaction
 * @param main the tree of what is stored, in which the others are rows
 * @param lastPage the number of the last page that is taken
 * @param transaction the number of the last commit
 */
record MetaPages(int number, int pageBytes, Tree free, Tree main, long lastPage, long transaction) {
  /**
   * What LMDB knows of a tree.
   *
   * @param flags how its keys are ordered, and more
   * @param depth its levels, 0 if it is empty
   * @param branches its inner pages
   * @param leaves its pages of rows
   * @param overflow its pages of large values
   * @param rows its rows
   * @param root its first page
   */
  record Tree(
      int flags, int depth, long branches, long leaves, long overflow, long rows, long root) {
    static final int BYTES = 48;
    static final long NO_ROOT = -1;

    static Tree read(ByteBuffer in, int at) {
      return new Tree(
          Short.toUnsignedInt(in.getShort(at + 4)),
          Short.toUnsignedInt(in.getShort(at + 6)),
          in.getLong(at + 8),
          in.getLong(at + 16),
          in.getLong(at + 24),
          in.getLong(at + 32),
          in.getLong(at + 40));
    }
  }

  private static final int MAGIC = 0xBEEFC0DE;
  private static final int VERSION = 1;
  private static final int META_FLAG = 0x08;

  /** With smaller pages LMDB has no room for two of the longest keys in one. */
  private static final int LEAST_PAGE_BYTES = 4 << 10;

  private static final int MOST_PAGE_BYTES = 32 << 10;

  private static final int FLAGS_AT = 10;
  private static final int MAGIC_AT = 16;
  private static final int VERSION_AT = 20;
  private static final int PAGE_BYTES_AT = 40;
  private static final int FREE_AT = 40;
  private static final int MAIN_AT = 88;
  private static final int LAST_PAGE_AT = 136;
  private static final int TRANSACTION_AT = 144;
  private static final int META_BYTES = 152;

  /**
   * {@return what the newer of the two pages says}
   *
   * @param file not open in LMDB
   * @throws GrantStoreException with {@link Reason#NOT_A_STORE} if it is no LMDB file, {@link
   *     Reason#CORRUPTION} if one of the pages is damaged, {@link Reason#DATA_LOSS} if the file was
   *     cut
   */
  static MetaPages read(PageFile file) throws IOException {
    ByteBuffer first = file.read(0, META_BYTES);
    if (first.getInt(MAGIC_AT) != MAGIC) {
      throw new GrantStoreException(
          Reason.NOT_A_STORE, "not a grant store, no LMDB file: " + file.path());
    }
    int pageBytes = first.getInt(PAGE_BYTES_AT);
    boolean isSize =
        pageBytes >= LEAST_PAGE_BYTES
            && pageBytes <= MOST_PAGE_BYTES
            && Integer.bitCount(pageBytes) == 1;
    file.require(isSize, 0, "page size", pageBytes);
    ByteBuffer second = file.read(pageBytes, META_BYTES);
    check(file, first, 0, pageBytes);
    check(file, second, 1, pageBytes);
    boolean isSecondNewer = second.getLong(TRANSACTION_AT) > first.getLong(TRANSACTION_AT);
    ByteBuffer newer = isSecondNewer ? second : first;
    return new MetaPages(
        isSecondNewer ? 1 : 0,
        pageBytes,
        Tree.read(newer, FREE_AT),
        Tree.read(newer, MAIN_AT),
        newer.getLong(LAST_PAGE_AT),
        newer.getLong(TRANSACTION_AT));
  }

  private static void check(PageFile file, ByteBuffer meta, int number, int pageBytes) {
    file.require(meta.getLong(0) == number, number, "number", meta.getLong(0));
    int flags = meta.getShort(FLAGS_AT);
    file.require((flags & META_FLAG) != 0, number, "flags", flags);
    file.require(meta.getInt(MAGIC_AT) == MAGIC, number, "magic", meta.getInt(MAGIC_AT));
    file.require(meta.getInt(VERSION_AT) == VERSION, number, "version", meta.getInt(VERSION_AT));
    int size = meta.getInt(PAGE_BYTES_AT);
    file.require(size == pageBytes, number, "page size", size);
    long transaction = meta.getLong(TRANSACTION_AT);
    file.require(
        transaction == 0 || (transaction > 0 && (transaction & 1) == number),
        number,
        "transaction",
        transaction);
    long last = meta.getLong(LAST_PAGE_AT);
    // Larger ones do not fit into the widest addresses.
    file.require(last >= 1 && last < Long.MAX_VALUE / MOST_PAGE_BYTES, number, "last page", last);
  }
}
