package dev.grantstore.lmdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.lmdb.MetaPages.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the pages of an LMDB file before LMDB does, which trusts them: where one is damaged it
 * reads past the end of the file, or calls {@code abort}, and the JVM is gone. What passes here is
 * in every field that LMDB follows as LMDB would write it: whatever is read, written or dropped
 * then stays within the file. It does not look into values, and cannot tell a byte of a key that
 * changed from one that did not, unless the order of the keys suffers.
 *
 * <pre>
 * tree     := number:u64 pad:u16 flags:u16 lower:u16 upper:u16 (position:u16)* unused node*
 * node     := low:u16 high:u16 flags:u16 key-bytes:u16 key (value | number:u64)    in a leaf
 *           | low:u16 middle:u16 high:u16 key-bytes:u16 key                        in a branch
 * overflow := number:u64 pad:u16 flags:u16 pages:u32 value
 * free     := transaction:u64 -> count:u64 number:u64 * count                      descending
 * </pre>
 *
 * <p>Positions of nodes lie between {@code lower} and {@code upper}, and the nodes fill the page
 * from {@code upper} on, each padded to an even length. Of use once, by one thread.
 */
final class PageCheck {
  private static final int FLAGS_AT = 10;
  private static final int LOWER_AT = 12;
  private static final int UPPER_AT = 14;
  private static final int PAGES_AT = 12;
  private static final int HEADER_BYTES = 16;
  private static final int NODE_BYTES = 8;
  private static final int BRANCH = 0x01;
  private static final int LEAF = 0x02;
  private static final int OVERFLOW = 0x04;

  /** A node's value lies in pages of its own. */
  private static final int ELSEWHERE = 0x01;

  /** A node's value is a {@link Tree}. */
  private static final int SUBTREE = 0x02;

  /** Keys are numbers; and what the free tree's flags keep of how the file was opened. */
  private static final int NUMBER_KEYS = 0x08;

  private static final int NO_FOLDER = 0x4000;

  private static final int MOST_LEVELS = 32;
  private static final int FIRST_PAGE = 2;

  /** Which of LMDB's trees it is. */
  private enum Kind {
    FREE,
    MAIN,
    ROWS
  }

  private final PageFile file;
  private final MetaPages meta;
  private final int pageBytes;
  private final int longestNode;
  private final BitSet seen = new BitSet();
  private final List<Tree> subtrees = new ArrayList<>();
  private final @Nullable ByteBuffer[] levels = new ByteBuffer[MOST_LEVELS + 1];
  private final char[] ends;
  private final byte[] last = new byte[LmdbFile.LONGEST_KEY_BYTES];
  private int lastBytes;
  private boolean mayRepeat;
  private Kind kind = Kind.FREE;
  private Tree tree;
  private long branches;
  private long leaves;
  private long overflow;
  private long rows;

  private PageCheck(PageFile file, MetaPages meta) {
    this.file = file;
    this.meta = meta;
    this.pageBytes = meta.pageBytes();
    this.tree = meta.free();
    // LMDB puts two nodes into a page at least; a larger value goes elsewhere.
    longestNode = ((pageBytes - HEADER_BYTES) / 2 & -2) - Short.BYTES;
    ends = new char[pageBytes / 2];
  }

  /**
   * Looks at a file.
   *
   * @param all whether at every page, or only whether any is missing. LMDB does not write a page
   *     that a transaction takes and gives up again. When the process dies after such a commit,
   *     before {@link LmdbFile#lengthen}, the file is shorter than the pages that are taken, and
   *     has lost nothing: what is missing is free. A file that was cut lacks pages that are not.
   * @throws GrantStoreException with {@link Reason#CORRUPTION}, and the page, if one is damaged, or
   *     with {@link Reason#DATA_LOSS} if one is missing
   */
  static void run(PageFile file, MetaPages meta, boolean all) throws IOException {
    long firstMissing = file.bytes() / meta.pageBytes();
    boolean isShort = firstMissing <= meta.lastPage();
    if (meta.lastPage() >= Integer.MAX_VALUE) {
      // More than any file system of ours holds, unless it is the number that is damaged.
      if (isShort) {
        throw file.cut();
      }
      return;
    }
    if (all || isShort) {
      PageCheck check = new PageCheck(file, meta);
      check.walk(Kind.FREE, meta.free(), meta.number());
      if (isShort && check.seen.nextClearBit((int) firstMissing) <= meta.lastPage()) {
        throw file.cut();
      }
      if (all) {
        check.walk(Kind.MAIN, meta.main(), meta.number());
        for (Tree rows : List.copyOf(check.subtrees)) {
          check.walk(Kind.ROWS, rows, rows.root());
        }
      }
    }
  }

  private void walk(Kind of, Tree walked, long page) throws IOException {
    kind = of;
    tree = walked;
    lastBytes = 0;
    mayRepeat = false;
    branches = 0;
    leaves = 0;
    overflow = 0;
    rows = 0;
    int flags = of == Kind.FREE ? (tree.flags() & ~NO_FOLDER) ^ NUMBER_KEYS : tree.flags();
    file.require(flags == 0, page, "flags of tree", tree.flags());
    file.require(tree.depth() <= MOST_LEVELS, page, "depth of tree", tree.depth());
    file.require(
        (tree.root() == Tree.NO_ROOT) == (tree.depth() == 0), page, "root of tree", tree.root());
    if (tree.depth() > 0) {
      readPage(tree.root(), 1);
    }
    file.require(branches == tree.branches(), page, "branches of tree", tree.branches());
    file.require(leaves == tree.leaves(), page, "leaves of tree", tree.leaves());
    file.require(overflow == tree.overflow(), page, "overflow of tree", tree.overflow());
    file.require(rows == tree.rows(), page, "rows of tree", tree.rows());
  }

  private void readPage(long number, int level) throws IOException {
    take(number, number);
    ByteBuffer page = levels[level];
    if (page == null) {
      page = ByteBuffer.allocate(pageBytes).order(ByteOrder.nativeOrder());
      levels[level] = page;
    }
    file.read(number * pageBytes, page);
    boolean isLeaf = level == tree.depth();
    int flags = page.getShort(FLAGS_AT);
    file.require(page.getLong(0) == number, number, "number", page.getLong(0));
    file.require(flags == (isLeaf ? LEAF : BRANCH), number, "flags", flags);
    int nodes = checkNodes(page, number, isLeaf);
    for (int i = 0; i < nodes; i++) {
      int node = Short.toUnsignedInt(page.getShort(HEADER_BYTES + i * Short.BYTES));
      if (isLeaf) {
        readRow(page, number, node);
      } else {
        if (i > 0) {
          // The first key of the page below may be this one; a branch's own first one is not used.
          takeKey(page, number, node, true);
        }
        readPage(child(page, node), level + 1);
      }
    }
    leaves += isLeaf ? 1 : 0;
    branches += isLeaf ? 0 : 1;
  }

  /** Whether nodes are where the page says, and nothing else is; how many there are. */
  private int checkNodes(ByteBuffer page, long number, boolean isLeaf) {
    int lower = Short.toUnsignedInt(page.getShort(LOWER_AT));
    int upper = Short.toUnsignedInt(page.getShort(UPPER_AT));
    int nodes = (lower - HEADER_BYTES) / Short.BYTES;
    int least = isLeaf || kind == Kind.FREE ? 1 : 2;
    file.require(lower % 2 == 0 && nodes >= least, number, "lower", lower);
    file.require(upper % 2 == 0 && upper >= lower && upper <= pageBytes, number, "upper", upper);
    for (int i = 0; i < nodes; i++) {
      int node = Short.toUnsignedInt(page.getShort(HEADER_BYTES + i * Short.BYTES));
      boolean isWithin = node % 2 == 0 && node >= upper && node + NODE_BYTES <= pageBytes;
      file.require(isWithin && ends[node / 2] == 0, number, "position of node", node);
      long bytes = nodeBytes(page, number, node, isLeaf);
      file.require(bytes <= pageBytes - node, number, "bytes of node", bytes);
      ends[node / 2] = (char) (node + bytes);
    }
    int found = 0;
    int at = upper;
    while (at < pageBytes && ends[at / 2] != 0) {
      int end = ends[at / 2];
      ends[at / 2] = 0;
      at = end;
      found++;
    }
    file.require(at == pageBytes && found == nodes, number, "end of nodes", at);
    return nodes;
  }

  private long nodeBytes(ByteBuffer page, long number, int node, boolean isLeaf) {
    int keyBytes = keyBytes(page, node);
    file.require(keyBytes <= LmdbFile.LONGEST_KEY_BYTES, number, "bytes of key", keyBytes);
    long bytes = (long) NODE_BYTES + keyBytes;
    if (isLeaf) {
      int flags = page.getShort(node + 4);
      boolean isKnown = (flags & ~(kind == Kind.MAIN ? ELSEWHERE | SUBTREE : ELSEWHERE)) == 0;
      file.require(isKnown && flags != (ELSEWHERE | SUBTREE), number, "flags of node", flags);
      bytes += flags == ELSEWHERE ? Long.BYTES : valueBytes(page, node);
      file.require(bytes <= longestNode, number, "bytes of node", bytes);
    }
    return bytes + (bytes & 1);
  }

  private void readRow(ByteBuffer page, long number, int node) throws IOException {
    takeKey(page, number, node, false);
    rows++;
    int flags = page.getShort(node + 4);
    long bytes = valueBytes(page, node);
    int value = node + NODE_BYTES + keyBytes(page, node);
    if (flags == SUBTREE) {
      file.require(bytes == Tree.BYTES, number, "bytes of tree", bytes);
      subtrees.add(Tree.read(page, value));
    } else if (flags == ELSEWHERE) {
      long first = page.getLong(value);
      takeOverflow(first, bytes);
      if (kind == Kind.FREE) {
        file.require(bytes < Integer.MAX_VALUE, number, "bytes of value", bytes);
        readFree(file.read(first * pageBytes + HEADER_BYTES, (int) bytes), 0, bytes, first);
      }
    } else if (kind == Kind.FREE) {
      readFree(page, value, bytes, number);
    }
  }

  private void takeOverflow(long first, long bytes) throws IOException {
    take(first, first);
    ByteBuffer header = file.read(first * pageBytes, HEADER_BYTES);
    file.require(header.getLong(0) == first, first, "number", header.getLong(0));
    int flags = header.getShort(FLAGS_AT);
    file.require(flags == OVERFLOW, first, "flags", flags);
    long pages = Integer.toUnsignedLong(header.getInt(PAGES_AT));
    // A value that has become shorter keeps its pages.
    boolean isRoom = pages * pageBytes >= HEADER_BYTES + bytes && first + pages - 1 <= lastPage();
    file.require(isRoom, first, "pages", pages);
    if ((first + pages) * pageBytes > file.bytes()) {
      throw file.cut();
    }
    for (long page = first + 1; page < first + pages; page++) {
      take(page, first);
    }
    overflow += pages;
  }

  /** Takes note of what a transaction has given up. */
  private void readFree(ByteBuffer in, int at, long bytes, long page) {
    long transaction = ByteBuffer.wrap(last).getLong();
    file.require(
        transaction >= 0 && transaction <= meta.transaction(),
        page,
        "transaction of free pages",
        transaction);
    file.require(bytes >= Long.BYTES && bytes % Long.BYTES == 0, page, "bytes of value", bytes);
    long count = in.getLong(at);
    file.require(count >= 0 && count < bytes / Long.BYTES, page, "free pages", count);
    long before = Long.MAX_VALUE;
    for (int i = 1; i <= count; i++) {
      long number = in.getLong(at + i * Long.BYTES);
      file.require(number < before, page, "free page", number);
      take(number, page);
      before = number;
    }
  }

  /** Takes note of a page that something leads to; nothing else may. */
  private void take(long number, long from) {
    file.require(number >= FIRST_PAGE && number <= lastPage(), from, "number of page", number);
    file.require(!seen.get((int) number), from, "page used twice", number);
    seen.set((int) number);
  }

  /** Takes the next key in the order of the tree. */
  private void takeKey(ByteBuffer page, long number, int node, boolean isBranch) {
    int bytes = keyBytes(page, node);
    int at = page.arrayOffset() + node + NODE_BYTES;
    byte[] key = page.array();
    if (kind == Kind.FREE) {
      file.require(bytes == Long.BYTES, number, "bytes of key", bytes);
      key = ByteBuffer.allocate(Long.BYTES).putLong(page.getLong(node + NODE_BYTES)).array();
      at = 0;
    }
    int order = Arrays.compareUnsigned(key, at, at + bytes, last, 0, lastBytes);
    boolean isNext = order > 0 || (order == 0 && mayRepeat);
    file.require(bytes > 0 && isNext, number, "order of keys at node", node);
    System.arraycopy(key, at, last, 0, bytes);
    lastBytes = bytes;
    mayRepeat = isBranch;
  }

  private long lastPage() {
    return meta.lastPage();
  }

  private static int keyBytes(ByteBuffer page, int node) {
    return Short.toUnsignedInt(page.getShort(node + 6));
  }

  private static long valueBytes(ByteBuffer page, int node) {
    return lowest(page, node);
  }

  private static long child(ByteBuffer page, int node) {
    return lowest(page, node) | (long) Short.toUnsignedInt(page.getShort(node + 4)) << 32;
  }

  private static long lowest(ByteBuffer page, int node) {
    boolean isLowFirst = page.order() == ByteOrder.LITTLE_ENDIAN;
    long one = Short.toUnsignedLong(page.getShort(node));
    long two = Short.toUnsignedLong(page.getShort(node + 2));
    return isLowFirst ? two << 16 | one : one << 16 | two;
  }
}
