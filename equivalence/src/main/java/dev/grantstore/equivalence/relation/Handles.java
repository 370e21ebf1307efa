package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where a workload can do without what it has open: snapshots, cursors and loads. */
final class Handles {
  private final Set<Integer> snapshots = new HashSet<>();
  private final Set<Integer> cursors = new HashSet<>();
  private final Set<Integer> loads = new HashSet<>();

  private Handles() {}

  /**
   * {@return by the number of operations done, whether nothing that may be open is spoken of again:
   * there a store can be closed and opened, and nobody notices}
   */
  static BitSet unused(Workload workload) {
    List<Op> ops = workload.ops();
    Handles needed = new Handles();
    Handles[] neededAfter = new Handles[ops.size() + 1];
    neededAfter[ops.size()] = new Handles();
    for (int i = ops.size() - 1; i >= 0; i--) {
      needed.goBackOver(ops.get(i));
      neededAfter[i] = needed.copy();
    }
    Handles open = new Handles();
    BitSet unused = new BitSet();
    unused.set(0);
    for (int i = 0; i < ops.size(); i++) {
      open.goOver(ops.get(i));
      unused.set(i + 1, !open.meets(neededAfter[i + 1]));
    }
    return unused;
  }

  /** {@return a number for a slot that no operation uses} */
  static int freeSlot(Workload workload) {
    int free = 1;
    for (Op op : workload.ops()) {
      if (op instanceof Op.OpenSnapshot open) {
        free = Math.max(free, open.snapshot() + 1);
      } else if (op instanceof Op.ReleaseSnapshot release) {
        free = Math.max(free, release.snapshot() + 1);
      } else {
        free = Math.max(free, Reads.via(op) + 1);
      }
    }
    return free;
  }

  /** {@return whether the store is closed by the operation, and with it what is open} */
  static boolean isRestart(Op op) {
    return op instanceof Op.Reopen || op instanceof Op.Crash || op instanceof Op.OpenReadOnly;
  }

  /** Opening into a slot closes what was there, and says nothing of it. */
  private void goBackOver(Op op) {
    if (isRestart(op)) {
      clear();
    } else if (op instanceof Op.OpenSnapshot open) {
      snapshots.remove(open.snapshot());
    } else if (op instanceof Op.ReleaseSnapshot release) {
      snapshots.add(release.snapshot());
    } else if (op instanceof Op.OpenCursor open) {
      cursors.remove(open.cursor());
    } else if (op instanceof Op.NextRows next) {
      cursors.add(next.cursor());
    } else if (op instanceof Op.CloseCursor close) {
      cursors.add(close.cursor());
    }
    if (Reads.via(op) > 0) {
      snapshots.add(Reads.via(op));
    }
  }

  /** A cursor that ends with its snapshot still stands in its slot, and refuses. */
  private void goOver(Op op) {
    if (isRestart(op)) {
      clear();
    } else if (op instanceof Op.OpenSnapshot open) {
      snapshots.add(open.snapshot());
    } else if (op instanceof Op.ReleaseSnapshot release) {
      snapshots.remove(release.snapshot());
    } else if (op instanceof Op.OpenCursor open) {
      cursors.add(open.cursor());
    } else if (op instanceof Op.CloseCursor close) {
      cursors.remove(close.cursor());
    } else if (op instanceof Op.OpenLoad open) {
      loads.add(open.load());
    } else if (op instanceof Op.CommitLoad commit) {
      loads.remove(commit.load());
    } else if (op instanceof Op.AbandonLoad abandon) {
      loads.remove(abandon.load());
    }
  }

  /** An open load counts even if it is never filled: it keeps its sync's id from others. */
  private boolean meets(Handles others) {
    return !loads.isEmpty()
        || snapshots.stream().anyMatch(others.snapshots::contains)
        || cursors.stream().anyMatch(others.cursors::contains);
  }

  private void clear() {
    snapshots.clear();
    cursors.clear();
    loads.clear();
  }

  private Handles copy() {
    Handles copy = new Handles();
    copy.snapshots.addAll(snapshots);
    copy.cursors.addAll(cursors);
    return copy;
  }
}
