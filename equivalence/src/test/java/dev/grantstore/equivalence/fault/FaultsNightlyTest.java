package dev.grantstore.equivalence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code -Dequiv.nightly.faults=240}: so many damaged stores an engine, every loss of a file, and
 * 100 kills; another seed each day, or {@code -Dequiv.seed=N}. What is found is kept in {@code
 * target/equiv}, and {@code equiv faults --repeat} does it again.
 */
@EnabledIfSystemProperty(
    named = "equiv.nightly.faults",
    matches = "[0-9]+",
    disabledReason = "runs as many cases as told: -Dequiv.nightly.faults=240")
final class FaultsNightlyTest {
  private static final int KILLS = 100;
  private static final Path FINDINGS = Path.of("target", "equiv");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void noFaultIsAnsweredWrongly(String engine) throws Exception {
    long day = Clock.systemUTC().millis() / Duration.ofDays(1).toMillis();
    List<String> findings = new ArrayList<>();
    try (FaultCampaign campaign =
        new FaultCampaign(
            engine,
            Long.getLong("equiv.seed", day),
            Files.createDirectories(folder.resolve(engine)),
            FINDINGS,
            FaultCampaign.LONGEST_CASE,
            () -> false)) {
      for (FaultKind kind : FaultKind.values()) {
        FaultTally tally = campaign.run(kind, cases(kind));
        System.out.println(tally.text());
        tally.keptFolders().forEach(kept -> System.out.println("kept: " + kept));
        findings.addAll(tally.findings());
      }
    }
    assertThat(findings).isEmpty();
  }

  private static int cases(FaultKind kind) {
    return switch (kind) {
      case DAMAGE -> Integer.getInteger("equiv.nightly.faults");
      case LOSS -> Integer.MAX_VALUE;
      case KILL -> KILLS;
    };
  }
}
