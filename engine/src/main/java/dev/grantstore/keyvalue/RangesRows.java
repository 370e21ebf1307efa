package dev.grantstore.keyvalue;

import org.jspecify.annotations.Nullable;

/**
 * The rows of several ranges, one range after the other, through a view of one moment; what an
 * engine has for one range serves here for each.
 */
final class RangesRows implements Rows {
  private final View view;
  private final boolean closesView;
  private final KeyRanges ranges;
  private @Nullable Rows current;

  /**
   * Reads nothing yet.
   *
   * @param view of one moment
   * @param closesView whether it is closed with the rows
   * @param ranges moved along with the rows
   */
  RangesRows(View view, boolean closesView, KeyRanges ranges) {
    this.view = view;
    this.closesView = closesView;
    this.ranges = ranges;
  }

  @Override
  public boolean next(RowBytes key, RowBytes value) throws Exception {
    Rows rows = current;
    if (rows == null) {
      if (ranges.left() == 0) {
        return false;
      }
      rows = open();
    }
    while (!rows.next(key, value)) {
      if (!ranges.advance()) {
        return false;
      }
      closeCurrent();
      YieldPoint.reached("range read");
      rows = open();
    }
    return true;
  }

  @Override
  public void close() throws Exception {
    try {
      closeCurrent();
    } finally {
      if (closesView) {
        view.close();
      }
    }
  }

  private Rows open() throws Exception {
    Rows opened = view.rows(ranges.keyspace(), ranges.prefix(), ranges.from());
    current = opened;
    return opened;
  }

  private void closeCurrent() throws Exception {
    Rows ended = current;
    current = null;
    if (ended != null) {
      ended.close();
    }
  }
}
