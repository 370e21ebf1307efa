package dev.grantstore.equivalence.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.run.DivergenceReport;
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
import java.util.Optional;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * RocksDB, SQLite and MVStore answer as the memory store does. Seeds are jqwik's, other ones each
 * time; what fails is shrunk and printed as a replay file. {@code equiv run} goes on for longer.
 */
final class EngineEquivalenceProperties {
  /**
   * Edge cases come first, and do hardly anything: of each kind of operation one, and some more.
   */
  private static final int MOST_EDGE_CASES = 40;

  /**
   * Of one engine so many that what they do is judged: all do the same. {@code EquivTest} has as
   * many of RocksDB judged.
   */
  private static final int TRIES = Minimums.LEAST_TRIES + MOST_EDGE_CASES;

  private static final int FEW = 20 + MOST_EDGE_CASES;
  private static final int RUNS_PER_STORE = WorkloadGenerator.SEEDS_PER_SETTINGS;

  private Path folder;
  private Subject memory;
  private Subject rocks;
  private Subject sqlite;
  private Subject mvstore;
  private Coverage coverage;
  private boolean isFound;
  private int held;

  @BeforeProperty
  void openSubjects() throws IOException {
    folder = FastFolder.create();
    memory = ForgetfulSubject.memory();
    rocks = FolderSubject.of("rocksdb", Files.createDirectory(folder.resolve("r")), RUNS_PER_STORE);
    sqlite = FolderSubject.of("sqlite", Files.createDirectory(folder.resolve("s")), RUNS_PER_STORE);
    mvstore =
        FolderSubject.of("mvstore", Files.createDirectory(folder.resolve("m")), RUNS_PER_STORE);
    coverage = Coverage.NONE;
    isFound = false;
    held = 0;
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
    if (!isFound) {
      assertThat(coverage.shortfalls(Minimums.of(held - MOST_EDGE_CASES))).isEmpty();
    }
  }

  @Property(tries = FEW, edgeCases = EdgeCasesMode.FIRST)
  void rocksdbAnswersAsTheMemoryStoreDoes(@ForAll Workload workload) {
    hold(rocks, workload);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.FIRST)
  void sqliteAnswersAsTheMemoryStoreDoes(@ForAll Workload workload) {
    hold(sqlite, workload);
  }

  @Property(tries = FEW, edgeCases = EdgeCasesMode.FIRST)
  void mvstoreAnswersAsTheMemoryStoreDoes(@ForAll Workload workload) {
    hold(mvstore, workload);
  }

  private void hold(Subject subject, Workload workload) {
    Result expected = Runner.observe(memory, workload);
    Result actual = Runner.run(subject, workload);
    coverage = coverage.plus(actual.coverage());
    Optional<Divergence> found = Equivalence.first(subject.name(), expected, actual);
    isFound |= found.isPresent();
    held++;
    assertThat(found.map(divergence -> DivergenceReport.text(workload, divergence))).isEmpty();
  }
}
