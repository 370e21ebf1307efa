package dev.grantstore.bench.benchmark;

import dev.grantstore.ContentDigest;
import dev.grantstore.GrantStore;
import dev.grantstore.bench.measure.Halt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Loads the measured sync into a scratch store, so that the store can be written meanwhile. */
final class ScratchSync {
  private ScratchSync() {}

  /** Loads and compares the digest. */
  static void load(Subject subject, GrantStore store, Halt halt) {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      ContentDigest expected = subject.sync().all().digest();
      new BulkWriter(subject.grants(), subject.sync(), 1, pool, halt, subject.ticker())
          .write(store)
          .filter(load -> !load.digest().equals(expected))
          .ifPresent(
              load -> {
                throw new WrongAnswerException(
                    "load of a scratch store",
                    "digest of the sealed sync",
                    expected.toString(),
                    load.digest().toString());
              });
    } finally {
      pool.shutdown();
    }
  }
}
