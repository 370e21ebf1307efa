package dev.grantstore.equivalence.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.campaign.CampaignResult.Finding;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.relation.Relations;
import dev.grantstore.equivalence.run.Budget;
import dev.grantstore.equivalence.run.Equivalence;
import dev.grantstore.equivalence.run.FolderSubject;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dequiv.nightly=45m}: for as long as told, new seeds each day. */
@EnabledIfSystemProperty(
    named = "equiv.nightly",
    matches = ".+",
    disabledReason = "runs for as long as told: -Dequiv.nightly=45m")
@Timeout(value = 7, unit = TimeUnit.DAYS)
final class NightlyTest {
  private static final long SEEDS_PER_DAY = 10_000_000;
  private static final int MOST_FINDINGS = 10;
  private static final Path FINDINGS = Path.of("target", "equiv");

  @TempDir Path folder;

  @Test
  void allEnginesAnswerAlikeForAsLongAsTold() throws IOException {
    long day = Clock.systemUTC().millis() / Duration.ofDays(1).toMillis();
    long seed = Long.getLong("equiv.seed", day * SEEDS_PER_DAY);
    Plan plan =
        new Plan(
            WorkloadGenerator.upTo(Integer.getInteger("equiv.ops", 200)),
            seed,
            SEEDS_PER_DAY,
            Nightly.time(),
            Runtime.getRuntime().availableProcessors(),
            MOST_FINDINGS,
            Relations.OF_ONE_ENGINE);

    CampaignResult result = Campaign.run(plan, worker -> subjects(25), Progress.NONE);

    System.out.printf(
        Locale.ROOT,
        "nightly: seeds from %d, %,d tries in %s, %d findings%n",
        seed,
        result.tries(),
        result.elapsed(),
        result.findings().size());
    for (Finding finding : result.findings()) {
      System.out.println(written(finding));
    }
    assertThat(result.findings()).isEmpty();
    assertThat(result.failure()).isEmpty();
    assertThat(result.stuckSeed()).isEmpty();
    assertThat(OpenFiles.below(folder)).isEmpty();
    assertThat(result.coverage().shortfalls(Minimums.of(result.tries()))).isEmpty();
  }

  private List<Subject> subjects(int runsPerStore) {
    return List.of(
        subject("rocksdb", runsPerStore),
        subject("sqlite", runsPerStore),
        subject("mvstore", runsPerStore));
  }

  private Subject subject(String scheme, int runsPerStore) {
    try {
      return FolderSubject.of(scheme, Files.createTempDirectory(folder, scheme), runsPerStore);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String written(Finding finding) throws IOException {
    String scheme = finding.divergence().subject();
    try (Subject memory = ForgetfulSubject.memory();
        Subject subject = subject(scheme, 1)) {
      Function<Workload, Optional<Divergence>> comparison =
          candidate -> Equivalence.compare(candidate, memory, subject);
      Path file =
          Files.createDirectories(FINDINGS)
              .resolve(
                  String.format(Locale.ROOT, "%s-%d.replay", scheme, finding.workload().seed()));
      FindingFile.Written written =
          FindingFile.write(finding, comparison, file, Budget.DEFAULT, Clock.systemUTC());
      return written.report() + written.path() + "\n" + written.file().text();
    }
  }
}
