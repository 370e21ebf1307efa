package dev.grantstore.equivalence.run;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;

/** Which rule an operation's answer is held against. */
final class Oracles {
  private Oracles() {}

  static Oracle of(Op op) {
    if (op instanceof Op.Bad) {
      return Oracle.O6;
    }
    if (isRestart(op) || op instanceof Op.SaveOpen || op instanceof Op.Checkpoint) {
      return Oracle.O9;
    }
    if (via(op) > 0 || op instanceof Op.NextRows) {
      return Oracle.O5;
    }
    boolean inPages =
        op instanceof Op.Page
            || op instanceof Op.Resume
            || (op instanceof Op.ListRows list && list.pageRows() > 0);
    return inPages ? Oracle.O4 : Oracle.O1;
  }

  /** {@return who is asked: 0 the store, above that a snapshot} */
  static int via(Op op) {
    if (op instanceof Op.Get get) {
      return get.via();
    }
    if (op instanceof Op.GetAll getAll) {
      return getAll.via();
    }
    if (op instanceof Op.Holds holds) {
      return holds.via();
    }
    if (op instanceof Op.ListRows list) {
      return list.via();
    }
    if (op instanceof Op.ListSyncs list) {
      return list.via();
    }
    if (op instanceof Op.Page page) {
      return page.via();
    }
    return op instanceof Op.Resume resume ? resume.via() : 0;
  }

  /** {@return whether the store is closed and opened} */
  static boolean isRestart(Op op) {
    return op instanceof Op.Reopen || op instanceof Op.Crash || op instanceof Op.OpenReadOnly;
  }

  /** {@return whether everything is looked at before and after} */
  static boolean isLifecycle(Op op) {
    return isRestart(op)
        || op instanceof Op.Seal
        || op instanceof Op.Drop
        || op instanceof Op.Flush
        || op instanceof Op.Settle
        || op instanceof Op.BulkLoad
        || op instanceof Op.CommitLoad
        || op instanceof Op.Expire
        || op instanceof Op.Ingest
        || op instanceof Op.Merge
        || op instanceof Op.Checkpoint
        || op instanceof Op.AbandonedLoad;
  }
}
