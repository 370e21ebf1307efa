package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * R12: reads asked of a snapshot instead of the store, at that moment and some operations later;
 * the store opened for reading, and all of it read.
 *
 * <p>A snapshot gives every read as of one moment, and a read-only opening shows the store as it
 * was when it was opened. Where the answers differ, a snapshot is of another moment, or sees later
 * writes, or reads another way than the store does; or what the store shows is not all in its
 * files.
 *
 * <p>An opening ends snapshots and cursors, so it comes only where none is used again.
 */
final class OtherViews implements Relation {
  private static final double READS = 0.5;
  private static final double OPENINGS_PER_WORKLOAD = 1;
  private static final int MOST_LATER = 20;

  @Override
  public Oracle oracle() {
    return Oracle.R12;
  }

  @Override
  public Variation vary(Workload workload, Chance chance) {
    Rewriting rewriting = new Rewriting(oracle(), workload);
    BitSet unused = Handles.unused(workload);
    List<Later> later = new ArrayList<>();
    int slot = Handles.freeSlot(workload);
    double openings = OPENINGS_PER_WORKLOAD / workload.ops().size();
    while (rewriting.hasNext()) {
      Op op = rewriting.next();
      SplittableRandom random = chance.at(op);
      ask(rewriting, later, Handles.isRestart(op) ? Integer.MAX_VALUE : rewriting.done());
      boolean isRead = Reads.isPlain(op) && chance.hits(random, READS);
      if (isRead) {
        rewriting.insert(new Op.OpenSnapshot(slot));
        int number = rewriting.done() + 1;
        later.add(new Later(slot, op, number, number + random.nextInt(MOST_LATER)));
        slot++;
      }
      rewriting.keep();
      if (later.isEmpty() && unused.get(rewriting.done()) && chance.hits(random, openings)) {
        rewriting.insertView();
      }
    }
    ask(rewriting, later, Integer.MAX_VALUE);
    return rewriting.variation();
  }

  /** Asks the snapshots whose time has come. */
  private static void ask(Rewriting rewriting, List<Later> later, int done) {
    for (Iterator<Later> left = later.iterator(); left.hasNext(); ) {
      Later next = left.next();
      if (next.due() <= done) {
        rewriting.match(next.number(), rewriting.add(Reads.via(next.read(), next.snapshot())));
        rewriting.insert(new Op.ReleaseSnapshot(next.snapshot()));
        left.remove();
      }
    }
  }

  /** A read to be asked of a snapshot, later. */
  private record Later(int snapshot, Op read, int number, int due) {}
}
