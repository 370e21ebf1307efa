package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * R3: flushes, settling, reopenings, and snapshots that are taken and released, in between.
 *
 * <p>They say where rows are kept, not which: in memory, in a log, in files of one level or
 * another. Every answer stays, page tokens too. Where one does not, a row is lost or comes back on
 * its way: a delete forgotten by a compaction, a file not read again, a token bound to an opening.
 *
 * <p>A reopening ends snapshots and cursors, so it comes only where none is used again.
 */
final class InsertedUpkeep implements Relation {
  private static final double WORK_PER_WORKLOAD = 3;
  private static final double REOPENINGS_PER_WORKLOAD = 1;

  private static final double BEFORE_RESUMING = 0.2;

  @Override
  public Oracle oracle() {
    return Oracle.R3;
  }

  @Override
  public Variation vary(Workload workload, Chance chance) {
    Rewriting rewriting = new Rewriting(oracle(), workload);
    BitSet unused = Handles.unused(workload);
    int snapshot = Handles.freeSlot(workload);
    double ops = workload.ops().size();
    while (rewriting.hasNext()) {
      SplittableRandom random = chance.at(rewriting.next());
      rewriting.keep();
      if (chance.hits(random, WORK_PER_WORKLOAD / ops)) {
        work(rewriting, random.nextInt(8), snapshot);
      }
      double share = rewriting.isBeforeResume() ? BEFORE_RESUMING : REOPENINGS_PER_WORKLOAD / ops;
      if (chance.hits(random, share) && unused.get(rewriting.done())) {
        rewriting.insert(new Op.Reopen(random.nextInt(workload.settings().size())));
      }
    }
    return rewriting.variation();
  }

  private static void work(Rewriting rewriting, int dice, int snapshot) {
    if (dice == 0) {
      rewriting.insert(new Op.Settle());
    } else if (dice < 5) {
      rewriting.insert(new Op.Flush());
    } else {
      rewriting.insert(new Op.OpenSnapshot(snapshot));
      rewriting.insert(new Op.ReleaseSnapshot(snapshot));
    }
  }
}
