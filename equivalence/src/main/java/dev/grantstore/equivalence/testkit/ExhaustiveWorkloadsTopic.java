package dev.grantstore.equivalence.testkit;

import dev.grantstore.equivalence.workload.BoundedSequences;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All sequences of a few operations over a tiny universe are answered as the memory store answers
 * them: of three, or of as many as {@code equiv.depth} says, which is a JUnit configuration
 * parameter or system property.
 */
abstract class ExhaustiveWorkloadsTopic extends Topic {
  private static final int RUNS_PER_STORE = 200;

  @TempDir(factory = FastFolders.class)
  Path fast;

  ExhaustiveWorkloadsTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void everyShortSequenceIsAnsweredAsByTheMemoryStore(Trials trials) {
    int depth = Math.toIntExact(trials.number("equiv.depth", 3));
    BoundedSequences sequences =
        BoundedSequences.upTo(depth).without(WorkloadTrial.notClaimed(engine()));
    String origin =
        String.format(Locale.ROOT, "all %,d of up to %d operations", sequences.count(), depth);
    try (WorkloadTrial trial =
        new WorkloadTrial(engine(), fast, trials, "exhaustive", RUNS_PER_STORE)) {
      try {
        sequences.forEach(trial::run);
      } finally {
        trials.ran(trial.done(origin));
      }
    }
  }
}
