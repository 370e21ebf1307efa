package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Op;
import dev.grantstore.equivalence.workload.Workload;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * R4: the process is killed in the middle, and what is left is opened and gone on with.
 *
 * <p>Under {@code SYNC} and {@code WAL} every write that has returned survives the process; under
 * {@code BULK} every write before a flush does, and {@link Op.Crash} flushes first. So nothing that
 * was answered may be answered otherwise afterwards. Where it is, a write returned before it was in
 * the log, or the log is not read to its end.
 *
 * <p>A crash ends snapshots and cursors, so it comes only where none is used again.
 */
final class InsertedCrash implements Relation {
  private static final double CRASHES_PER_WORKLOAD = 1;
  private static final double BEFORE_RESUMING = 0.2;

  @Override
  public Oracle oracle() {
    return Oracle.R4;
  }

  @Override
  public Variation vary(Workload workload, Chance chance) {
    Rewriting rewriting = new Rewriting(oracle(), workload);
    BitSet unused = Handles.unused(workload);
    double ops = workload.ops().size();
    while (rewriting.hasNext()) {
      SplittableRandom random = chance.at(rewriting.next());
      rewriting.keep();
      double share = rewriting.isBeforeResume() ? BEFORE_RESUMING : CRASHES_PER_WORKLOAD / ops;
      if (chance.hits(random, share) && unused.get(rewriting.done())) {
        rewriting.insert(new Op.Crash(random.nextInt(workload.settings().size())));
      }
    }
    return rewriting.variation();
  }
}
