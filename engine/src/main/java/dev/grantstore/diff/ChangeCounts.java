package dev.grantstore.diff;

/**
 * How many grants differ. Immutable.
 *
 * @param added only in the second sync
 * @param removed only in the first
 * @param changed in both, with other details
 */
public record ChangeCounts(long added, long removed, long changed) {
  /** Nothing differs. */
  public static final ChangeCounts NONE = new ChangeCounts(0, 0, 0);

  /** {@return all together} */
  public long total() {
    return added + removed + changed;
  }

  /**
   * {@return both together}
   *
   * @param other added
   */
  public ChangeCounts plus(ChangeCounts other) {
    return new ChangeCounts(added + other.added, removed + other.removed, changed + other.changed);
  }

  /** These and one more change. */
  ChangeCounts plus(GrantChange change) {
    boolean isAdded = change.before().isEmpty();
    boolean isRemoved = change.after().isEmpty();
    return new ChangeCounts(
        added + (isAdded ? 1 : 0),
        removed + (isRemoved ? 1 : 0),
        changed + (isAdded || isRemoved ? 0 : 1));
  }
}
