package dev.grantstore.diff;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantStoreException;
import dev.grantstore.IdField;
import dev.grantstore.Reason;
import java.util.List;

/** Walks over the rows of both sides in one order, and tells what only one has, or other. */
final class RowMerge {
  /** What orders a list by entitlement; together it names a row. */
  private static final List<IdField> ORDER =
      List.of(
          IdField.ENTITLEMENT_TYPE,
          IdField.ENTITLEMENT_RESOURCE,
          IdField.ENTITLEMENT_ID,
          IdField.PRINCIPAL_TYPE,
          IdField.PRINCIPAL_ID,
          IdField.GRANT_ID);

  /** After so many rows it is looked whether the thread was interrupted. */
  private static final int INTERRUPT_ROWS = 1 << 12;

  private RowMerge() {}

  /**
   * Reads both to their ends.
   *
   * @param before in the order of a list by entitlement
   * @param after in the same order
   * @param changes takes what differs
   */
  static void of(DiffSide.Rows before, DiffSide.Rows after, Changes changes) {
    boolean hasBefore = before.next();
    boolean hasAfter = after.next();
    for (long rows = 1; hasBefore || hasAfter; rows++) {
      if (rows % INTERRUPT_ROWS == 0 && Thread.currentThread().isInterrupted()) {
        throw new GrantStoreException(Reason.TIMEOUT, "diff was interrupted");
      }
      int order = !hasBefore ? 1 : !hasAfter ? -1 : compare(before.row(), after.row());
      if (order < 0) {
        changes.take(new GrantChange.Removed(before.row().grant()));
      } else if (order > 0) {
        changes.take(new GrantChange.Added(after.row().grant()));
      } else {
        both(before.row().grant(), after.row().grant(), changes);
      }
      hasBefore = order <= 0 ? before.next() : hasBefore;
      hasAfter = order >= 0 ? after.next() : hasAfter;
    }
  }

  private static void both(Grant was, Grant is, Changes changes) {
    if (!was.equals(is)) {
      changes.take(new GrantChange.Changed(was, is));
    }
  }

  private static int compare(GrantCursor a, GrantCursor b) {
    for (int i = 0; i < ORDER.size(); i++) {
      int order = a.id(ORDER.get(i)).compareBytes(b.id(ORDER.get(i)));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
