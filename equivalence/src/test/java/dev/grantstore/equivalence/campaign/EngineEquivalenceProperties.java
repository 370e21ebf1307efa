package dev.grantstore.equivalence.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.run.Budget;
import dev.grantstore.equivalence.run.BuildSeed;
import dev.grantstore.equivalence.run.Equivalence;
import dev.grantstore.equivalence.run.FastFolder;
import dev.grantstore.equivalence.run.FolderSubject;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Result;
import dev.grantstore.equivalence.run.Runner;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * RocksDB, SQLite and MVStore answer as the memory store does. {@code -Dequiv.tries=N} runs more
 * workloads, {@code -Dequiv.seed=N} others than the commit decides, {@code -Dequiv.ops=N} longer
 * ones.
 */
final class EngineEquivalenceProperties {
  private static final int TRIES = Integer.getInteger("equiv.tries", 500);
  private static final int FEWER_TRIES = Math.max(1, TRIES / 4);
  private static final long SEED = BuildSeed.first();
  private static final int MOST_OPS = Integer.getInteger("equiv.ops", 200);
  private static final int RUNS_PER_STORE = 25;
  private static final Path FINDINGS = Path.of("target", "equiv");

  private Path folder;
  private Subject memory;
  private Subject rocks;
  private Subject sqlite;
  private Subject mvstore;
  private Coverage coverage;

  @BeforeProperty
  void openSubjects() throws IOException {
    folder = FastFolder.create();
    memory = ForgetfulSubject.memory();
    rocks = FolderSubject.of("rocksdb", Files.createDirectory(folder.resolve("r")), RUNS_PER_STORE);
    sqlite = FolderSubject.of("sqlite", Files.createDirectory(folder.resolve("s")), RUNS_PER_STORE);
    mvstore =
        FolderSubject.of("mvstore", Files.createDirectory(folder.resolve("m")), RUNS_PER_STORE);
    coverage = Coverage.NONE;
  }

  @AfterProperty
  void closeSubjects() throws IOException {
    rocks.close();
    sqlite.close();
    mvstore.close();
    assertThat(OpenFiles.below(folder)).as("O11 left open").isEmpty();
    try (var left = Files.walk(folder)) {
      assertThat(left).as("left behind").hasSize(4);
    }
    Files.delete(folder.resolve("r"));
    Files.delete(folder.resolve("s"));
    Files.delete(folder.resolve("m"));
    Files.delete(folder);
  }

  // Exhaustive, so that the number of tries can be told from outside.
  @Property(
      generation = GenerationMode.EXHAUSTIVE,
      afterFailure = AfterFailureMode.PREVIOUS_SEED,
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void rocksdbAnswersAsTheMemoryStoreDoes(@ForAll("tries") int number) throws IOException {
    hold(rocks, number, TRIES);
  }

  @Property(
      generation = GenerationMode.EXHAUSTIVE,
      afterFailure = AfterFailureMode.PREVIOUS_SEED,
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void sqliteAnswersAsTheMemoryStoreDoes(@ForAll("tries") int number) throws IOException {
    hold(sqlite, number, TRIES);
  }

  @Property(
      generation = GenerationMode.EXHAUSTIVE,
      afterFailure = AfterFailureMode.PREVIOUS_SEED,
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void mvstoreAnswersAsTheMemoryStoreDoes(@ForAll("fewerTries") int number) throws IOException {
    hold(mvstore, number, FEWER_TRIES);
  }

  @Provide
  Arbitrary<Integer> fewerTries() {
    return Arbitraries.integers().between(0, FEWER_TRIES - 1);
  }

  @Provide
  Arbitrary<Integer> tries() {
    return Arbitraries.integers().between(0, TRIES - 1);
  }

  private void hold(Subject subject, int number, int tries) throws IOException {
    Workload workload = WorkloadGenerator.upTo(MOST_OPS).generate(SEED + number);
    Result expected = Runner.observe(memory, workload);
    Result actual = Runner.run(subject, workload);
    coverage = coverage.plus(actual.coverage());
    Optional<Divergence> found = Equivalence.first(subject.name(), expected, actual);
    if (found.isPresent()) {
      throw new AssertionError(written(new Finding(workload, found.get(), "")));
    }
    if (number == tries - 1) {
      assertThat(coverage.shortfalls(Minimums.of(tries))).isEmpty();
    }
  }

  /** {@return the report, and the replay file that was written} */
  private String written(Finding finding) throws IOException {
    String scheme = finding.divergence().subject();
    Path file =
        Files.createDirectories(FINDINGS)
            .resolve(String.format(Locale.ROOT, "%s-%d.replay", scheme, finding.workload().seed()));
    Path fresh = FastFolder.create();
    try (Subject subject = FolderSubject.of(scheme, fresh, 1)) {
      FindingFile.Written written =
          FindingFile.write(
              finding,
              candidate -> Equivalence.compare(candidate, memory, subject),
              file,
              Budget.DEFAULT,
              Clock.systemUTC());
      return String.format(
          Locale.ROOT, "%n%s%n%s:%n%s", written.report(), written.path(), written.file().text());
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
