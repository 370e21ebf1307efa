package dev.grantstore.equivalence.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.campaign.Minimums;
import dev.grantstore.equivalence.check.Fact;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.SettingsAxes;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated workloads of up to 200 operations are answered as the memory store answers them. {@code
 * equiv.tries} says how many, {@code equiv.seed} which is the first; both are JUnit configuration
 * parameters or system properties.
 */
abstract class RandomWorkloadsTopic extends Topic {
  private static final int MOST_OPS = 200;
  private static final int RUNS_PER_STORE = 10;

  private static final SettingsAxes DURABILITIES =
      new SettingsAxes(
          new TreeMap<>(Map.of(Settings.DURABILITY, List.of("SYNC", "WAL", "BULK"))), List.of());

  @TempDir(factory = FastFolders.class)
  Path fast;

  RandomWorkloadsTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void generatedWorkloadsAreAnsweredAsByTheMemoryStore(Trials trials) {
    long tries = trials.number("equiv.tries", 100);
    long seed = trials.number("equiv.seed", 4_711);
    WorkloadGenerator generator =
        WorkloadGenerator.upTo(MOST_OPS)
            .withSettings(DURABILITIES)
            .without(WorkloadTrial.notClaimed(engine()));
    if (!engine().claims().contains(Capability.LONG_IDS)) {
      generator = generator.withShortIds();
    }
    try (WorkloadTrial trial =
        new WorkloadTrial(engine(), fast, trials, "random", RUNS_PER_STORE)) {
      try {
        for (long i = 0; i < tries; i++) {
          trial.run(generator.generate(seed + i));
        }
      } finally {
        trials.ran(trial.done(origin(seed, tries)));
      }
      assertThat(trial.coverage().shortfalls(minimums(tries, engine().claims())))
          .as("done often enough")
          .isEmpty();
    }
  }

  /** {@return where the workloads came from; says so where they are too few to be judged} */
  static String origin(long seed, long tries) {
    String seeds = String.format(Locale.ROOT, "seeds %d to %d", seed, seed + tries - 1);
    return tries < Minimums.LEAST_TRIES
        ? String.format(
            Locale.ROOT,
            "%s; whether they do enough was not judged, for want of %d tries",
            seeds,
            Minimums.LEAST_TRIES)
        : seeds;
  }

  /** What is left out for want of a claim cannot come too seldom. */
  static Map<Fact, Long> minimums(long tries, Set<Capability> claims) {
    Map<Fact, Long> least = new TreeMap<>(Minimums.of(tries));
    if (!claims.contains(Capability.BULK_LOAD)) {
      least.remove(Fact.BULK_LOAD);
      least.remove(Fact.HELD_LOAD);
      // Of what else is sealed there is little.
      least.keySet().removeAll(List.of(Fact.CONTAINER, Fact.INGEST, Fact.MERGE, Fact.DIFFERENCE));
    }
    if (!claims.contains(Capability.CHECKPOINTS)) {
      least.remove(Fact.CHECKPOINT);
    }
    if (!claims.contains(Capability.RESUME_TOKENS)) {
      least.remove(Fact.RESUME_TOKEN);
    }
    if (!claims.contains(Capability.PERSISTENT)) {
      least.remove(Fact.REOPENING);
      least.remove(Fact.CRASH);
    }
    if (!claims.contains(Capability.FOLDER)) {
      least.remove(Fact.CRASH);
    }
    if (!claims.contains(Capability.PERSISTENT) || !claims.contains(Capability.READ_ONLY_OPEN)) {
      least.remove(Fact.READ_ONLY_OPENING);
    }
    return least;
  }
}
