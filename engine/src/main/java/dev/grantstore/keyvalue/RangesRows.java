package dev.grantstore.keyvalue;

/**
 * The rows of several ranges, one range after the other and all of one moment; what an engine has
 * for one range serves here for each.
 */
final class RangesRows implements Rows {
  /** The rows of no range. */
  static final Rows NONE =
      new Rows() {
        @Override
        public boolean next(RowBytes key, RowBytes value) {
          return false;
        }

        @Override
        public void close() {}
      };

  private final View view;
  private final boolean closesView;
  private final KeyRanges ranges;
  private Rows current;

  /**
   * Takes ownership of the rows of the range that is come to.
   *
   * @param first those rows
   * @param view they are of; of one moment, unless its rows move
   * @param closesView whether the view is closed with the rows
   * @param ranges at least one; moved along with the rows
   */
  RangesRows(Rows first, View view, boolean closesView, KeyRanges ranges) {
    this.current = first;
    this.view = view;
    this.closesView = closesView;
    this.ranges = ranges;
  }

  @Override
  public boolean next(RowBytes key, RowBytes value) throws Exception {
    while (!current.next(key, value)) {
      if (!ranges.advance()) {
        return false;
      }
      // Near which a failure from here on is.
      key.point(ranges.from());
      YieldPoint.reached("range read");
      if (view.rowsMove()) {
        current.moveTo(ranges.prefix());
      } else {
        Rows ended = current;
        current = NONE;
        ended.close();
        current = view.rows(ranges.keyspace(), ranges.prefix(), ranges.from());
      }
    }
    return true;
  }

  @Override
  public void close() throws Exception {
    try {
      current.close();
    } finally {
      if (closesView) {
        view.close();
      }
    }
  }
}
