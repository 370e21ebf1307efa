package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.workload.Op;

/** Who answers a read. */
final class Reads {
  private Reads() {}

  /** {@return who is asked: 0 the store, above that a snapshot; 0 if the operation asks nobody} */
  static int via(Op op) {
    if (op instanceof Op.Page page) {
      return page.via();
    }
    if (op instanceof Op.Resume resume) {
      return resume.via();
    }
    if (op instanceof Op.OpenCursor open) {
      return open.via();
    }
    if (op instanceof Op.ListSyncs list) {
      return list.via();
    }
    if (op instanceof Op.Get get) {
      return get.via();
    }
    if (op instanceof Op.GetAll getAll) {
      return getAll.via();
    }
    if (op instanceof Op.Holds holds) {
      return holds.via();
    }
    return op instanceof Op.ListRows list ? list.via() : 0;
  }

  /** {@return whether it asks the store and leaves nothing in a slot} */
  static boolean isPlain(Op op) {
    return via(op) == 0
        && (op instanceof Op.ListSyncs
            || op instanceof Op.Get
            || op instanceof Op.GetAll
            || op instanceof Op.Holds
            || op instanceof Op.ListRows);
  }

  /** {@return a plain read asked of another} */
  static Op via(Op op, int via) {
    if (op instanceof Op.ListSyncs) {
      return new Op.ListSyncs(via);
    }
    if (op instanceof Op.Get get) {
      return new Op.Get(via, get.sync(), get.id());
    }
    if (op instanceof Op.GetAll getAll) {
      return new Op.GetAll(via, getAll.sync(), getAll.ids());
    }
    if (op instanceof Op.Holds holds) {
      return new Op.Holds(via, holds.sync(), holds.principal(), holds.entitlement());
    }
    if (op instanceof Op.ListRows list) {
      return new Op.ListRows(via, list.sync(), list.ask(), list.pageRows());
    }
    throw new IllegalArgumentException("not a plain read: " + op);
  }
}
