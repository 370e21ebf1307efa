package dev.grantstore.lmdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

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
 * @param pageBytes the size of a page
 * @param lastPage the number of the last page that is taken
 * @param fileBytes the length of the file
 */
record MetaPages(int pageBytes, long lastPage, long fileBytes) {
  private static final int MAGIC = 0xBEEFC0DE;
  private static final int VERSION = 1;
  private static final int META_FLAG = 0x08;
  private static final int TREE_FLAGS = 0x01 | 0x02;
  private static final long NO_ROOT = -1;
  private static final int LEAST_PAGE_BYTES = 256;
  private static final int MOST_PAGE_BYTES = 64 << 10;

  private static final int FLAGS_AT = 10;
  private static final int MAGIC_AT = 16;
  private static final int VERSION_AT = 20;
  private static final int PAGE_BYTES_AT = 40;
  private static final int FREE_ROOT_AT = 80;
  private static final int MAIN_ROOT_AT = 128;
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
  static MetaPages read(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long fileBytes = in.length();
      ByteBuffer first = meta(in, 0, fileBytes, file);
      if (first.getInt(MAGIC_AT) != MAGIC) {
        throw new GrantStoreException(
            Reason.NOT_A_STORE, "not a grant store, no LMDB file: " + file);
      }
      int pageBytes = first.getInt(PAGE_BYTES_AT);
      boolean isSize =
          pageBytes >= LEAST_PAGE_BYTES
              && pageBytes <= MOST_PAGE_BYTES
              && Integer.bitCount(pageBytes) == 1;
      require(isSize, "page size", pageBytes, file);
      ByteBuffer second = meta(in, pageBytes, fileBytes, file);
      checkMeta(first, 0, pageBytes, file);
      checkMeta(second, 1, pageBytes, file);
      boolean isSecondNewer = second.getLong(TRANSACTION_AT) > first.getLong(TRANSACTION_AT);
      ByteBuffer newer = isSecondNewer ? second : first;
      MetaPages pages = new MetaPages(pageBytes, newer.getLong(LAST_PAGE_AT), fileBytes);
      checkRoot(in, newer.getLong(FREE_ROOT_AT), pages, file);
      checkRoot(in, newer.getLong(MAIN_ROOT_AT), pages, file);
      long firstMissing = fileBytes / pageBytes;
      if (firstMissing <= pages.lastPage
          && !FreePages.areAll(
              in, pageBytes, newer.getLong(FREE_ROOT_AT), firstMissing, pages.lastPage)) {
        throw cut(file, fileBytes);
      }
      return pages;
    }
  }

  private static ByteBuffer meta(RandomAccessFile in, long at, long fileBytes, Path file)
      throws IOException {
    if (fileBytes < at + META_BYTES) {
      throw cut(file, fileBytes);
    }
    return page(in, at, META_BYTES);
  }

  private static void checkMeta(ByteBuffer meta, int number, int pageBytes, Path file) {
    require(meta.getLong(0) == number, "number of meta page", meta.getLong(0), file);
    require((meta.getShort(FLAGS_AT) & META_FLAG) != 0, "flags", meta.getShort(FLAGS_AT), file);
    require(meta.getInt(MAGIC_AT) == MAGIC, "magic", meta.getInt(MAGIC_AT), file);
    require(meta.getInt(VERSION_AT) == VERSION, "version", meta.getInt(VERSION_AT), file);
    require(meta.getInt(PAGE_BYTES_AT) == pageBytes, "size", meta.getInt(PAGE_BYTES_AT), file);
    long transaction = meta.getLong(TRANSACTION_AT);
    require(transaction == 0 || (transaction & 1) == number, "transaction", transaction, file);
    require(meta.getLong(LAST_PAGE_AT) >= 1, "last page", meta.getLong(LAST_PAGE_AT), file);
  }

  private static void checkRoot(RandomAccessFile in, long root, MetaPages pages, Path file)
      throws IOException {
    if (root == NO_ROOT) {
      return;
    }
    require(root > 1 && root <= pages.lastPage, "root", root, file);
    long at = root * pages.pageBytes;
    if (at + pages.pageBytes > pages.fileBytes) {
      throw cut(file, pages.fileBytes);
    }
    ByteBuffer page = page(in, at, FLAGS_AT + Short.BYTES);
    require(page.getLong(0) == root, "number of root page", page.getLong(0), file);
    require((page.getShort(FLAGS_AT) & TREE_FLAGS) != 0, "root", page.getShort(FLAGS_AT), file);
  }

  private static ByteBuffer page(RandomAccessFile in, long at, int bytes) throws IOException {
    byte[] read = new byte[bytes];
    in.seek(at);
    in.readFully(read);
    return ByteBuffer.wrap(read).order(ByteOrder.nativeOrder());
  }

  private static GrantStoreException cut(Path file, long fileBytes) {
    return new GrantStoreException(
        Reason.DATA_LOSS,
        "file is shorter than it was: file=%s bytes=%d".formatted(file, fileBytes));
  }

  private static void require(boolean isRight, String what, long found, Path file) {
    if (!isRight) {
      throw new GrantStoreException(
          Reason.CORRUPTION,
          "file is damaged in its first pages: %s=%d file=%s".formatted(what, found, file));
    }
  }
}
