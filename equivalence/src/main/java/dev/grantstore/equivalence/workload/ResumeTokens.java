package dev.grantstore.equivalence.workload;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Gives resume tokens to batches of some workloads, and asks for syncs in the place of some reads;
 * everything else stays as it was. Stateless.
 */
public final class ResumeTokens {
  /** What stands for them where kinds of operations are left out. */
  public static final String KIND = "resumeToken";

  /** One workload of so many has them. */
  private static final int ONE_OF = 3;

  private ResumeTokens() {}

  /**
   * Puts a batch, with a resume token or without.
   *
   * @param store written
   * @param syncId an open sync
   * @param batch put
   * @param token the number of one, or 0 for none
   */
  public static void put(GrantStore store, String syncId, List<Grant> batch, int token) {
    if (token == 0) {
      store.putAll(syncId, batch);
    } else {
      store.putAll(syncId, batch, Payload.resumeToken(token));
    }
  }

  /** {@return a workload with some of them in it, or as it is} */
  static Workload mixInto(Workload workload) {
    SplittableRandom random = new SplittableRandom(workload.seed() ^ 0x5deece66dL).split();
    if (random.nextInt(ONE_OF) != 0) {
      return workload;
    }
    List<Op> ops = new ArrayList<>();
    for (Op op : workload.ops()) {
      if (op instanceof Op.PutAll put && random.nextInt(3) > 0) {
        ops.add(new Op.PutAll(put.sync(), put.rows(), number(random)));
      } else if (SyncOps.isRead(op) && random.nextInt(6) == 0) {
        ops.add(new Op.ListSyncs(0));
      } else {
        ops.add(op);
      }
    }
    return workload.withOps(ops);
  }

  /** The last is long, and seldom. */
  private static int number(SplittableRandom random) {
    return 1 + random.nextInt(random.nextInt(4) == 0 ? Payload.RESUME_TOKENS : 5);
  }
}
