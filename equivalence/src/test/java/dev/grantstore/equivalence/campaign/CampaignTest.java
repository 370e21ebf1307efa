package dev.grantstore.equivalence.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.campaign.CampaignResult.Finding;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.Fact;
import dev.grantstore.equivalence.planted.FailingFlush;
import dev.grantstore.equivalence.relation.Relations;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.run.Budget;
import dev.grantstore.equivalence.run.Equivalence;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.run.WrappedSubject;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CampaignTest {
  /** Time stands still, so that reductions end by their number of runs on any machine. */
  private static final Clock STOPPED = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private static final Duration LONG = Duration.ofHours(1);
  private static final WorkloadGenerator SHORT = WorkloadGenerator.upTo(30);

  @TempDir Path folder;

  @Test
  void everySeedIsTriedOnceAndBySeveralThreads() {
    CampaignResult result =
        Campaign.run(plan(130, 2), worker -> List.of(ForgetfulSubject.memory()), Progress.NONE);

    long ops = 0;
    for (int seed = 10; seed < 140; seed++) {
      ops += SHORT.generate(seed).ops().size();
    }
    assertThat(result.tries()).isEqualTo(130);
    assertThat(result.ops()).isEqualTo(ops);
    assertThat(result.findings()).isEmpty();
    assertThat(result.coverage().count(Fact.INSERT)).isPositive();
    assertThat(result.coverage().pairs()).containsKey("startSync put");
  }

  /** Each relation comes by turns, also below zero and at the ends of what a seed can be. */
  @Test
  void anySeedMayBeTheFirst() {
    for (long first : new long[] {-20, -1, Long.MIN_VALUE, Long.MAX_VALUE - 20}) {
      CampaignResult result =
          Campaign.run(
              new Plan(WorkloadGenerator.upTo(5), first, 17, LONG, 1, 1, Relations.OF_ONE_ENGINE),
              worker -> List.of(ForgetfulSubject.memory()),
              Progress.NONE);

      assertThat(result.failure()).as("first seed %d", first).isEmpty();
      assertThat(result.findings()).isEmpty();
      assertThat(result.tries()).isEqualTo(17);
    }
  }

  @Test
  void aFindingEndsItAndTheVoteSaysWhoStandsAlone() {
    CampaignResult result =
        Campaign.run(
            // A crash flushes too, and would be told instead.
            new Plan(SHORT.without(List.of("crash")), 10, 10_000, LONG, 1, 1, List.of()),
            worker -> List.of(ForgetfulSubject.memory(), failingFlush()),
            Progress.NONE);

    assertThat(result.findings()).hasSize(1);
    assertThat(result.tries()).isLessThan(10_000);
    assertThat(result.findings().get(0).divergence().signature()).isEqualTo("O1/flush/refusal");
    assertThat(result.findings().get(0).vote()).isEqualTo("memory | broken");
  }

  @Test
  void whenTheTimeIsOverItEndsByItself() {
    Plan plan = new Plan(SHORT, 0, Long.MAX_VALUE, Duration.ofMillis(50), 1, 1, List.of());

    CampaignResult result =
        Campaign.run(plan, worker -> List.of(ForgetfulSubject.memory()), Progress.NONE);

    assertThat(result.tries()).isLessThan(Long.MAX_VALUE);
    assertThat(result.stuckSeed()).isEmpty();
  }

  @Test
  void anInterruptEndsItAndIsKept() {
    Plan plan = new Plan(SHORT, 0, Long.MAX_VALUE, LONG, 2, 1, List.of());
    Thread.currentThread().interrupt();

    CampaignResult result =
        Campaign.run(plan, worker -> List.of(ForgetfulSubject.memory()), Progress.NONE);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.tries()).isLessThan(Long.MAX_VALUE);
    assertThat(result.failure()).isEmpty();
  }

  @Test
  void aWorkloadThatHangsIsNamed() {
    CountDownLatch never = new CountDownLatch(1);
    Subject hanging =
        ForgetfulSubject.of(
            "hanging",
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return GrantStores.open("memory:", StoreOptions.of(OpenMode.OPEN_OR_CREATE));
            });

    CampaignResult result =
        Campaign.run(plan(1, 1), worker -> List.of(hanging), Progress.NONE, Duration.ofMillis(1));

    never.countDown();
    assertThat(result.stuckSeed()).hasValue(10);
  }

  @Test
  void aTrialThatCannotBeginIsAFailureAndNotAFinding() {
    CampaignResult result =
        Campaign.run(
            plan(1, 1),
            worker -> {
              throw new IllegalStateException("no place for stores");
            },
            Progress.NONE);

    assertThat(result.findings()).isEmpty();
    assertThat(result.failure()).get().asString().contains("no place for stores");
  }

  @Test
  void aStoreThatCannotBeClosedIsAFinding() {
    CampaignResult result =
        Campaign.run(plan(10, 1), worker -> List.of(new ClosingBadly()), Progress.NONE);

    assertThat(result.findings())
        .extracting(finding -> finding.divergence().signature())
        .containsExactly("O11/close/refusal");
    assertThat(result.failure()).isEmpty();
  }

  @Test
  void anErrorOfAnEngineIsAnAnswer() {
    Subject deep =
        ForgetfulSubject.of(
            "deep", () -> FailingFlush.open(new StackOverflowError("as deep as it goes")));

    CampaignResult result = Campaign.run(plan(10_000, 1), worker -> List.of(deep), Progress.NONE);

    assertThat(result.findings()).hasSize(1);
    assertThat(result.findings().get(0).divergence().actual().outcome())
        .isEqualTo("StackOverflowError");
  }

  @Test
  void theReplayFileIsReducedAndConfirmed() throws IOException {
    Workload workload = SHORT.generate(firstFailing());
    Finding finding = new Finding(workload, fails(workload).orElseThrow(), "memory | broken");
    Path path = folder.resolve("a.replay");

    FindingFile.Written written =
        FindingFile.write(finding, CampaignTest::fails, path, Budget.DEFAULT, STOPPED);

    ReplayFile file = ReplayFile.parse(Files.readString(path));
    assertThat(file).isEqualTo(written.file());
    assertThat(file.workload().ops()).hasSize(1);
    assertThat(file.signature()).contains("O1/flush/refusal");
    assertThat(file.remarks()).last().asString().endsWith("fails in 20 of 20 runs");
    assertThat(fails(file.workload())).isPresent();
    assertThat(folder.resolve("a.replay.part")).doesNotExist();
  }

  @Test
  void theBestSoFarIsOnDiskWhileItIsReduced() {
    Workload workload = SHORT.generate(firstFailing());
    Finding finding = new Finding(workload, fails(workload).orElseThrow(), "");
    Path path = folder.resolve("a.replay");
    List<Integer> sizes = new ArrayList<>();

    FindingFile.write(
        finding,
        candidate -> {
          sizes.add(parsed(path).workload().ops().size());
          return fails(candidate);
        },
        path,
        Budget.DEFAULT,
        STOPPED);

    assertThat(sizes).isSortedAccordingTo((one, other) -> other - one);
    assertThat(sizes.get(0)).isEqualTo(workload.ops().size());
  }

  @Test
  void whatFailsOnceOnlyIsKeptAsItIs() {
    Workload workload = SHORT.generate(firstFailing());
    Finding finding = new Finding(workload, fails(workload).orElseThrow(), "");
    AtomicInteger runs = new AtomicInteger();

    FindingFile.Written written =
        FindingFile.write(
            finding,
            candidate -> {
              runs.incrementAndGet();
              return Optional.empty();
            },
            folder.resolve("a.replay"),
            Budget.DEFAULT,
            STOPPED);

    assertThat(runs).hasValue(1);
    assertThat(written.file().workload()).isEqualTo(workload);
    assertThat(written.file().remarks()).last().asString().startsWith("does not fail on a fresh");
  }

  private static Plan plan(long tries, int threads) {
    return new Plan(SHORT, 10, tries, LONG, threads, 1, List.of());
  }

  private static long firstFailing() {
    long seed = 0;
    while (fails(SHORT.generate(seed)).isEmpty()) {
      seed++;
    }
    return seed;
  }

  private static Optional<Divergence> fails(Workload workload) {
    return Equivalence.compare(workload, ForgetfulSubject.memory(), failingFlush());
  }

  private static ReplayFile parsed(Path path) {
    try {
      return ReplayFile.parse(Files.readString(path));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Subject failingFlush() {
    return ForgetfulSubject.of("broken", FailingFlush::open);
  }

  /** A sound subject, until it is closed. */
  private static final class ClosingBadly extends WrappedSubject {
    ClosingBadly() {
      super(ForgetfulSubject.memory());
    }

    @Override
    public String name() {
      return "closing badly";
    }

    @Override
    public void close() {
      throw new IllegalStateException("cannot be closed");
    }
  }
}
