package dev.grantstore.keyvalue;

import dev.grantstore.Grant;
import dev.grantstore.GrantBatch;
import dev.grantstore.GrantStoreException;
import dev.grantstore.IdField;
import dev.grantstore.Reason;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.packed.PackedKeyspace;
import dev.grantstore.packed.PageReader;
import dev.grantstore.packed.PageSource;
import dev.grantstore.packed.RowIds;
import org.jspecify.annotations.Nullable;

/**
 * Walks over ranges of a packed sync, page after page, and decodes what is asked for. Its views
 * point into pages, which nobody changes, or into its own arrays.
 */
final class PackedCursor extends StoreCursor {
  private static final int BEFORE = -1;

  private final KeyValueDatabase database;
  private final PackedKeyspace pages;
  private final PageSource source;
  private final KeyRanges ranges;
  private final ReadScratch scratch;
  private final PageReader reader;
  private final RowIds prefix;
  private int page = BEFORE;

  /** The row of the page that it stands on, and the first that is of the list no more. */
  private int row = BEFORE;

  private int end;
  private boolean rangeEndsHere;
  private boolean exhausted;
  private @Nullable RuntimeException failure;

  /**
   * Takes over what was retained of the source.
   *
   * @param pages of the ranges' keyspace
   * @param source releases the pages when the cursor ends
   * @param ranges what to read; the cursor's from now on
   * @param scratch this thread's
   */
  PackedCursor(
      KeyValueDatabase database,
      PackedKeyspace pages,
      PageSource source,
      KeyRanges ranges,
      ReadScratch scratch,
      Children owner) {
    super(owner);
    this.database = database;
    this.pages = pages;
    this.source = source;
    this.ranges = ranges;
    this.scratch = scratch;
    reader = scratch.takeReader();
    prefix = new RowIds(ranges.keyspace());
    exhausted = ranges.left() == 0 || pages.pages() == 0;
  }

  @Override
  public boolean next() {
    int following = row + 1;
    if (following < end) {
      requireOpen();
      row = following;
      return true;
    }
    return nextPage();
  }

  /** Those that are left of the list in the page that it comes to. */
  @Override
  public boolean next(GrantBatch into) {
    into.clear();
    if (!next()) {
      return false;
    }
    reader.copy(row, end - row, into);
    row += into.rows() - 1;
    return true;
  }

  @Override
  public Utf8View id(IdField field) {
    return reader.id(field, row());
  }

  @Override
  public long discoveredSeconds() {
    return reader.seconds(row());
  }

  @Override
  public int discoveredNanos() {
    return reader.nanos(row());
  }

  @Override
  public boolean needsExpansion() {
    return reader.needsExpansion(row());
  }

  @Override
  public boolean hasExpiry() {
    return reader.hasExpiry(row());
  }

  @Override
  public long expiresSeconds() {
    return reader.expiresSeconds(row());
  }

  @Override
  public int expiresNanos() {
    return reader.expiresNanos(row());
  }

  @Override
  public boolean hasDetails() {
    return reader.hasDetails(row());
  }

  @Override
  public Grant grant() {
    return reader.grant(row());
  }

  @Override
  byte[] position() {
    TupleWriter key = new TupleWriter();
    reader.key(ranges.keyspace(), KeyPrefix.syncOf(ranges.prefix()), row(), key);
    return ranges.position(key.toByteArray());
  }

  @Override
  protected void end(boolean byItsUser) {
    if (byItsUser) {
      scratch.giveBack(reader);
    }
    source.release();
  }

  private int row() {
    requireRow(row != BEFORE);
    return row;
  }

  private boolean nextPage() {
    acquire();
    try {
      row = BEFORE;
      end = 0;
      RuntimeException failed = failure;
      if (failed != null) {
        throw failed;
      }
      while (!exhausted && row + 1 >= end) {
        move();
      }
      if (exhausted) {
        row = BEFORE;
        end = 0;
        return false;
      }
      row++;
      YieldPoint.reached("cursor moved");
      return true;
    } finally {
      release();
    }
  }

  /** Goes to the next page of the range, or to the first one of the next range. */
  private void move() {
    if (rangeEndsHere && !ranges.advance()) {
      exhausted = true;
      return;
    }
    try {
      if (page == BEFORE || rangeEndsHere) {
        seek();
      } else {
        open(page + 1);
        stand(0);
      }
    } catch (Exception e) {
      failure =
          Failures.ofRead(database, ranges.keyspace(), ranges.from(), ranges.from().length, e);
      throw failure;
    }
  }

  /** Goes before the first row of the range that the ranges have come to. */
  private void seek() throws Exception {
    byte[] from = ranges.from();
    prefix.read(ranges.prefix(), ranges.prefix().length);
    if (ranges.isResumed()) {
      // The zero behind the key of the last row stands for "after it".
      RowIds last = lastRow(ranges.keyspace(), from, from.length - 1);
      open(pages.find(from, from.length - 1));
      stand(reader.find(last, true, 0));
    } else {
      open(pages.find(from, from.length));
      stand(reader.find(prefix, false, 0));
    }
  }

  private static RowIds lastRow(Keyspace keyspace, byte[] key, int length) {
    RowIds last = new RowIds(keyspace);
    try {
      last.read(key, length);
      last.requireWholeKey();
      return last;
    } catch (MalformedBytesException e) {
      throw new GrantStoreException(
          Reason.INVALID_PAGE_TOKEN, "page token's position is no row's: " + e.getMessage(), e);
    }
  }

  private void open(int number) throws Exception {
    YieldPoint.reached("page known");
    reader.open(pages.page(number));
    page = number;
  }

  /** Goes before a row of the page, and finds where the range ends in it. */
  private void stand(int first) {
    row = first - 1;
    end = reader.rows();
    rangeEndsHere = page == pages.pages() - 1;
    if (first < end && reader.compare(end - 1, prefix) > 0) {
      end = reader.find(prefix, true, first);
      rangeEndsHere = true;
    }
  }
}
