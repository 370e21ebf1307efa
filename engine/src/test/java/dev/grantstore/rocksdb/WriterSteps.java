package dev.grantstore.rocksdb;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A fixed sequence of writes for a seed; each step is one atomic write. Done on two stores, as many
 * steps leave the same in both.
 */
final class WriterSteps {
  private static final int STEPS_PER_SYNC = 60;
  private static final int BATCH_ROWS = 40;
  private static final int GRANTS = 600;

  private final long seed;

  WriterSteps(long seed) {
    this.seed = seed;
  }

  /** What a step promises, in every mode, once it has returned. */
  boolean isDurable(int step) {
    return isLastOfSync(step);
  }

  /** Does one step: starts, writes or seals a sync. */
  void run(GrantStore store, int step) {
    String sync = "sync-" + step / STEPS_PER_SYNC;
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + step);
    if (step % STEPS_PER_SYNC == 0) {
      store.startSync(sync, "full", SampleGrants.STARTED);
    } else if (isLastOfSync(step)) {
      store.seal(sync, SampleGrants.ENDED);
    } else if (random.nextInt(4) == 0) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < BATCH_ROWS; i++) {
        ids.add(SampleGrants.grant(random.nextInt(GRANTS), 0).id());
      }
      store.deleteAll(sync, ids);
    } else {
      List<Grant> grants = new ArrayList<>();
      for (int i = 0; i < BATCH_ROWS; i++) {
        grants.add(SampleGrants.grant(random.nextInt(GRANTS), random.nextInt(5)));
      }
      store.putAll(sync, grants);
    }
  }

  private static boolean isLastOfSync(int step) {
    return step % STEPS_PER_SYNC == STEPS_PER_SYNC - 1;
  }
}
