package dev.grantstore.equivalence.testkit;

import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.equivalence.campaign.CampaignResult.Finding;
import dev.grantstore.equivalence.campaign.FindingFile;
import dev.grantstore.equivalence.card.Card.WorkloadRuns;
import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.Fact;
import dev.grantstore.equivalence.check.History.Step;
import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.run.Budget;
import dev.grantstore.equivalence.run.Equivalence;
import dev.grantstore.equivalence.run.FolderSubject;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Result;
import dev.grantstore.equivalence.run.Runner;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.ResumeTokens;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs workloads against the engine on trial and against the reference, and counts. Fails at the
 * first divergence, when it is reduced and written to a file. One thread.
 */
final class WorkloadTrial implements AutoCloseable {
  private static final Budget BUDGET = new Budget(2_000, Duration.ofSeconds(30));

  private final GrantStoreContract engine;
  private final Path folder;
  private final Trials trials;
  private final String name;
  private final Subject reference = ForgetfulSubject.memory();
  private final Subject subject;
  private final Map<Oracle, Long> oracles = new EnumMap<>(Oracle.class);
  private Coverage coverage = Coverage.NONE;
  private long runs;

  /**
   * Starts.
   *
   * @param engine on trial
   * @param folder for stores
   * @param trials hears of it
   * @param name of the kind of workloads, for files
   * @param runsPerStore how many workloads a store serves
   */
  WorkloadTrial(
      GrantStoreContract engine, Path folder, Trials trials, String name, int runsPerStore) {
    this.engine = engine;
    this.folder = folder;
    this.trials = trials;
    this.name = name;
    this.subject = subject(runsPerStore);
  }

  /** {@return the kinds of operations that ask for what the engine does not claim} */
  static List<String> notClaimed(GrantStoreContract engine) {
    List<String> kinds = new ArrayList<>();
    if (!engine.claims().contains(Capability.BULK_LOAD)) {
      kinds.addAll(
          List.of(
              "bulkLoad",
              "abandonedLoad",
              "openLoad",
              "fillLoad",
              "commitLoad",
              "abandonLoad",
              "ingest",
              "merge"));
    }
    if (!engine.claims().contains(Capability.CHECKPOINTS)) {
      kinds.add("checkpoint");
    }
    if (!engine.claims().contains(Capability.RESUME_TOKENS)) {
      kinds.add(ResumeTokens.KIND);
    }
    if (!engine.claims().contains(Capability.PERSISTENT)) {
      kinds.addAll(List.of("reopen", "crash", "openReadOnly"));
    }
    if (!engine.claims().contains(Capability.READ_ONLY_OPEN)) {
      kinds.add("openReadOnly");
    }
    if (!engine.claims().contains(Capability.FOLDER)) {
      kinds.add("crash");
    }
    return kinds;
  }

  void run(Workload workload) {
    Result expected = Runner.observe(reference, workload);
    Result actual = Runner.run(subject, workload);
    runs++;
    coverage = coverage.plus(actual.coverage());
    for (Step step : actual.history().steps()) {
      oracles.merge(step.oracle(), 1L, Long::sum);
    }
    oracles.merge(Oracle.O3, actual.coverage().count(Fact.AUDIT), Long::sum);
    Optional<Divergence> found = Equivalence.first(subject.name(), expected, actual);
    if (found.isPresent()) {
      throw new AssertionError(written(new Finding(workload, found.get(), "")));
    }
  }

  /** {@return what was done so far} */
  WorkloadRuns done(String origin) {
    return new WorkloadRuns(name, origin, runs, coverage, new TreeMap<>(oracles));
  }

  Coverage coverage() {
    return coverage;
  }

  @Override
  public void close() {
    subject.close();
  }

  /** {@return the report, and the replay file that was written} */
  private String written(Finding finding) {
    Path file =
        trials
            .folder()
            .resolve(
                String.format(
                    Locale.ROOT,
                    "%s-%s-%d.replay",
                    trials.engine(),
                    name,
                    finding.workload().seed()));
    try (Subject fresh = subject(1)) {
      Files.createDirectories(trials.folder());
      FindingFile.Written written =
          FindingFile.write(
              finding,
              candidate -> Equivalence.compare(candidate, reference, fresh),
              file,
              BUDGET,
              Clock.systemUTC());
      trials.failsBy(file);
      return String.format(
          Locale.ROOT, "%s\n%s:\n%s", written.report(), file, written.file().text());
    } catch (IOException e) {
      throw new UncheckedIOException("replay file could not be written: " + file, e);
    }
  }

  private Subject subject(int runsPerStore) {
    return subject(engine, folder, trials, runsPerStore);
  }

  /** {@return stores of the engine on trial, in a new folder} */
  static Subject subject(GrantStoreContract engine, Path folder, Trials trials, int runsPerStore) {
    try {
      Path own = Files.createTempDirectory(folder, "trial-");
      return engine.claims().contains(Capability.PERSISTENT)
          ? FolderSubject.of(trials.engine(), new BelowItsPlace(engine), own, runsPerStore)
          : ForgetfulSubject.of(
              trials.engine(),
              () -> engine.open(own.resolve("store"), OpenMode.CREATE, Durability.WAL));
    } catch (IOException e) {
      throw new UncheckedIOException("folder for stores could not be made: " + folder, e);
    }
  }

  /** A folder around each store: whatever an engine puts beside its location belongs to it. */
  private record BelowItsPlace(GrantStoreContract engine) implements FolderSubject.Opening {
    @Override
    public GrantStore open(Path place, OpenMode mode, Settings settings) {
      try {
        Files.createDirectories(place);
      } catch (IOException e) {
        throw new UncheckedIOException("folder for a store could not be made: " + place, e);
      }
      return engine.open(location(place), mode, settings.durability().orElse(Durability.WAL));
    }

    @Override
    public Path location(Path place) {
      return place.resolve("store");
    }
  }
}
