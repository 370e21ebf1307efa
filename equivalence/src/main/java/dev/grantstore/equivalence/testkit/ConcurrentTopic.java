package dev.grantstore.equivalence.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.card.Card.WorkloadRuns;
import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.concurrent.ConcurrentCampaign;
import dev.grantstore.equivalence.concurrent.ProgramGenerator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls of several threads are answered as if they had been made one after the other. {@code
 * equiv.programs} says how many programs are drawn, {@code equiv.bound} how often one thread may
 * cut in on another.
 */
abstract class ConcurrentTopic extends Topic {
  private static final int MOST_SCHEDULES = 60;
  private static final int DRAWN_SCHEDULES = 3;
  private static final Duration REDUCING = Duration.ofSeconds(30);

  @TempDir(factory = FastFolders.class)
  Path fast;

  ConcurrentTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void callsOfSeveralThreadsHaveOneLegalOrder(Trials trials) {
    long programs = trials.number("equiv.programs", 24);
    long seed = trials.number("equiv.seed", 4_711);
    Set<String> without = new TreeSet<>(WorkloadTrial.notClaimed(engine()));
    if (!engine().claims().contains(Capability.EXACT_EXPIRY)) {
      without.add("expire");
    }
    int bound = (int) trials.number("equiv.bound", 1);
    ConcurrentCampaign campaign =
        new ConcurrentCampaign(
            trials.engine(),
            () -> WorkloadTrial.subject(engine(), fast, trials, Integer.MAX_VALUE),
            new ProgramGenerator(2, 3, without),
            bound,
            MOST_SCHEDULES,
            DRAWN_SCHEDULES,
            () -> false);
    ConcurrentCampaign.Result result = campaign.run(seed, programs, trials.folder(), REDUCING);
    trials.ran(
        new WorkloadRuns(
            "concurrent",
            String.format(
                Locale.ROOT,
                "seeds %d to %d, bound %d: %s",
                seed,
                seed + programs - 1,
                bound,
                result.text()),
            result.programs(),
            new Coverage(Map.of(), result.ops(), new TreeMap<>()),
            new TreeMap<>(Map.of(Oracle.O13, result.schedules() + result.races()))));
    result.finding().ifPresent(trials::failsBy);
    assertThat(result.report()).as("what has no legal order").isEmpty();
    assertThat(result.neverDone(without)).as("never done").isEqualTo(List.of());
  }
}
