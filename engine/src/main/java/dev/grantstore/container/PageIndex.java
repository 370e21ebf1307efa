package dev.grantstore.container;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Where each page of a container is, by its place among all of them. Immutable. */
final class PageIndex {
  /** What a page takes of the index. */
  static final int ENTRY_BYTES = 2 * Integer.BYTES + Long.BYTES;

  /** What a page takes of the heap once the index was read. */
  static final long HEAP_OF_PAGE = 2L * Long.BYTES + Integer.BYTES;

  private final long[] ends;
  private final int[] whole;
  private final long[] hashes;

  private PageIndex(int pages) {
    ends = new long[pages];
    whole = new int[pages];
    hashes = new long[pages];
  }

  /**
   * {@return an index}
   *
   * @param file named in errors
   * @param frame of that file
   * @param bytes the index
   */
  static PageIndex read(Path file, Frame frame, byte[] bytes) {
    PageIndex index = new PageIndex(bytes.length / ENTRY_BYTES);
    ByteBuffer in = Frame.numbers(bytes);
    long end = Frame.HEAD_BYTES;
    for (int page = 0; page < index.ends.length; page++) {
      int stored = in.getInt();
      int length = in.getInt();
      boolean isRight =
          stored > 0
              && length >= stored
              && length <= Frame.MOST_PAGE_BYTES
              && length <= (long) Frame.MOST_RATIO * stored
              && stored <= frame.indexAt() - end;
      if (!isRight) {
        throw Frame.damaged(
            file,
            "container's index says what cannot be: page=%d offset=%d stored=%d length=%d",
            page,
            end,
            stored,
            length);
      }
      end += stored;
      index.ends[page] = end;
      index.whole[page] = length;
      index.hashes[page] = in.getLong();
    }
    if (end != frame.indexAt()) {
      throw Frame.damaged(
          file,
          "container's pages are not all in its index: end=%d index=%d",
          end,
          frame.indexAt());
    }
    return index;
  }

  int pages() {
    return ends.length;
  }

  long offset(int page) {
    return page == 0 ? Frame.HEAD_BYTES : ends[page - 1];
  }

  /** {@return how many bytes of the file it takes} */
  int storedBytes(int page) {
    return (int) (ends[page] - offset(page));
  }

  int wholeBytes(int page) {
    return whole[page];
  }

  long hash(int page) {
    return hashes[page];
  }

  /** {@return what it takes of the heap, about} */
  long memoryBytes() {
    return HEAP_OF_PAGE * ends.length;
  }
}
