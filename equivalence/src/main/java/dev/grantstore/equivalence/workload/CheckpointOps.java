package dev.grantstore.equivalence.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Puts checkpoints into some workloads, in the place of reads: few, since each opens stores, and
 * everything else stays as it was. Stateless.
 */
final class CheckpointOps {
  /** One workload of so many has them. */
  private static final int ONE_OF = 16;

  private static final int MOST = 2;

  private CheckpointOps() {}

  /** {@return a workload with some of them in it, or as it is} */
  static Workload mixInto(Workload workload) {
    SplittableRandom random = new SplittableRandom(~workload.seed()).split();
    List<Integer> reads = new ArrayList<>();
    for (int i = 0; i < workload.ops().size(); i++) {
      if (SyncOps.isRead(workload.ops().get(i))) {
        reads.add(i);
      }
    }
    if (random.nextInt(ONE_OF) != 0 || reads.isEmpty()) {
      return workload;
    }
    List<Op> ops = new ArrayList<>(workload.ops());
    for (int left = random.nextInt(1, 1 + MOST); left > 0; left--) {
      int at = random.nextInt(reads.size());
      ops.set(reads.get(at), new Op.Checkpoint());
      if (at > 0 && random.nextBoolean()) {
        // For then there are digests.
        ops.set(reads.get(random.nextInt(at)), new Op.Settle());
      }
    }
    return workload.withOps(ops);
  }
}
