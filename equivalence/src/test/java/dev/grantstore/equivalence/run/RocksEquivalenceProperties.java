package dev.grantstore.equivalence.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.Fact;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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
 * RocksDB answers as the memory store does. {@code -Dequiv.tries=N} runs more workloads, {@code
 * -Dequiv.seed=N} others, {@code -Dequiv.ops=N} longer ones.
 */
final class RocksEquivalenceProperties {
  private static final int TRIES = Integer.getInteger("equiv.tries", 500);
  private static final long SEED = Long.getLong("equiv.seed", 4_711);
  private static final int MOST_OPS = Integer.getInteger("equiv.ops", 200);

  private static final int RUNS_PER_STORE = 25;

  private Path folder;
  private Subject memory;
  private Subject rocks;
  private Coverage coverage;
  private int ran;

  @BeforeProperty
  void openSubjects() throws IOException {
    folder = FastFolder.create();
    memory = ForgetfulSubject.memory();
    rocks = FolderSubject.of("rocksdb", folder, RUNS_PER_STORE);
    coverage = Coverage.NONE;
  }

  @AfterProperty
  void closeSubjects() throws IOException {
    rocks.close();
    Files.delete(folder);
  }

  // Exhaustive, so that the number of tries can be told from outside.
  @Property(
      generation = GenerationMode.EXHAUSTIVE,
      afterFailure = AfterFailureMode.PREVIOUS_SEED,
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void rocksdbAnswersAsTheMemoryStoreDoes(@ForAll("tries") int number) throws IOException {
    Workload workload = workload(number);
    Result expected = Runner.observe(memory, workload);
    Result actual = Runner.run(rocks, workload);
    coverage = coverage.plus(expected.coverage());
    Optional<Divergence> found = Equivalence.first(rocks.name(), expected, actual);
    if (found.isPresent()) {
      throw new AssertionError(finding(workload, found.get()));
    }
    ran++;
    if (ran == TRIES && TRIES >= 100) {
      assertThat(coverage.shortfalls(minimums())).isEmpty();
    }
  }

  @Provide
  Arbitrary<Integer> tries() {
    return Arbitraries.integers().between(0, TRIES - 1);
  }

  private static Workload workload(int number) {
    return WorkloadGenerator.upTo(MOST_OPS).generate(SEED + number);
  }

  /** What so many tries must do at the least to be worth anything (oracle O12). */
  private static Map<Fact, Long> minimums() {
    long tries = TRIES;
    return Map.of(
        Fact.INSERT,
        2 * tries,
        Fact.OVERWRITE,
        5 * tries,
        Fact.EFFECTIVE_DELETE,
        tries,
        Fact.NON_EMPTY_LIST,
        tries,
        Fact.RESUMED_PAGE,
        tries / 20,
        Fact.SNAPSHOT_READ,
        tries / 2,
        Fact.HELD_CURSOR_READ,
        tries / 6,
        Fact.REFUSAL,
        tries,
        Fact.BULK_LOAD,
        tries / 100,
        Fact.REOPENING,
        tries / 100);
  }

  private String finding(Workload workload, Divergence divergence) throws IOException {
    try (Subject fresh =
        FolderSubject.of("rocksdb", Files.createDirectory(folder.resolve("fresh")), 1)) {
      Reduction reduction =
          new Reducer(
                  candidate -> Equivalence.compare(candidate, memory, fresh),
                  Budget.DEFAULT,
                  Clock.systemUTC())
              .reduce(workload, divergence);
      String text =
          new ReplayFile(
                  List.of("found by RocksEquivalenceProperties"),
                  reduction.workload(),
                  Optional.of(divergence.signature()))
              .text();
      Path file =
          Files.createDirectories(Path.of("target", "equiv"))
              .resolve("rocksdb-%d.replay".formatted(workload.seed()));
      Files.writeString(file, text);
      return "%n%s%n%s:%n%s"
          .formatted(
              DivergenceReport.text(reduction.workload(), reduction.divergence()), file, text);
    } finally {
      Files.delete(folder.resolve("fresh"));
    }
  }
}
