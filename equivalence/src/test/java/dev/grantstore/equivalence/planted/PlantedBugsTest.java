package dev.grantstore.equivalence.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.run.BuildSeed;
import dev.grantstore.equivalence.run.DivergenceReport;
import dev.grantstore.equivalence.run.Equivalence;
import dev.grantstore.equivalence.run.FolderSubject;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the harness can find: each planted bug within some tries, shrunk to a handful of operations;
 * and nothing where there is nothing. {@code -Dequiv.seed=N} tries other workloads.
 */
final class PlantedBugsTest {
  /** Time stands still, so that reductions end by their number of runs on any machine. */
  private static final Clock STOPPED = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private static final int MOST_TRIES = 6_000;
  private static final int MOST_MEDIAN_TRIES = 200;
  private static final int MOST_OPS = 8;

  private static final boolean DEEP = Boolean.getBoolean("tests.deep");

  /** Of the slow ones, which are those of a real engine: one of its files and one of restarts. */
  private static final Set<String> DUE_OF_AN_ENGINE =
      Set.of("older-file-wins", "reopening-loses-an-index");

  /** Prime to the number of places, so that all are come to. */
  private static final int ONCE_STEP = 61;

  private static final long SEED = Long.getLong("equiv.seed", 4_711);

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> eachIsFoundAndReduced() {
    List<PlantedBug> due = PlantedBugs.ALL.stream().filter(PlantedBugsTest::isDue).toList();
    List<Integer> tries = new ArrayList<>();
    return Stream.concat(
        due.stream().map(bug -> DynamicTest.dynamicTest(bug.name(), () -> tries.add(find(bug)))),
        Stream.of(
            DynamicTest.dynamicTest("half of them soon", () -> assertSoon(tries, due.size()))));
  }

  /**
   * One bug in some, and one place of each, which go round with the build; all where it is deep.
   */
  @TestFactory
  Stream<DynamicTest> eachIsFoundThatStrikesOnce() {
    int step = DEEP ? 1 : ONCE_STEP;
    int first = (int) Math.floorMod(BuildSeed.first() / 100_000, (long) step);
    return IntStream.iterate(first, i -> i < PlantedBugs.STRIKING_ONCE.size(), i -> i + step)
        .mapToObj(PlantedBugs.STRIKING_ONCE::get)
        .map(bug -> DynamicTest.dynamicTest(bug.name(), () -> find(bug)));
  }

  /** Of those over the reference every second one, which go round with the build. */
  private static boolean isDue(PlantedBug bug) {
    int number = PlantedBugs.ALL.indexOf(bug);
    boolean isTurn = Math.floorMod(number + BuildSeed.first() / 100_000, 2L) == 0;
    return DEEP
        || (bug.engine().equals("rocksdb") ? DUE_OF_AN_ENGINE.contains(bug.name()) : isTurn);
  }

  @Test
  void namesAreWordsAndTellBugsApart() {
    assertThat(PlantedBugs.ALL).hasSizeGreaterThanOrEqualTo(42);
    assertThat(PlantedBugs.ALL)
        .extracting(PlantedBug::name)
        .containsAll(DUE_OF_AN_ENGINE)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)+"));
    assertThat(PlantedBugs.ALL)
        .filteredOn(bug -> bug.engine().equals("rocksdb"))
        .hasSizeGreaterThanOrEqualTo(8);
    assertThat(PlantedBugs.ALL)
        .allMatch(bug -> PlantedBugs.named(bug.name()).filter(bug::equals).isPresent());
    assertThat(PlantedBugs.named("no-such-bug")).isEmpty();
    assertThat(PlantedBugs.STRIKING_ONCE)
        .hasSizeGreaterThanOrEqualTo(200)
        .extracting(PlantedBug::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatIsNotFoundIsSaid() {
    PlantedBug none = PlantedBug.overMemory("no-bug", "nothing is wrong", store -> store);

    MutantResult result = MutantTrial.run(none, 20, SEED, folder, STOPPED, () -> false);

    assertThat(result.tries()).isEqualTo(20);
    assertThat(result.finding()).isEmpty();
  }

  @Test
  void aMemoryStoreWithoutABugIsNotBlamed() {
    assertSound(
        ForgetfulSubject.memory(),
        () -> store -> new BugStore(store, ListReader::new),
        DEEP ? 400 : 100);
  }

  @Test
  void aRocksDbStoreWithoutABugIsNotBlamed() {
    assertSound(
        FolderSubject.of("rocksdb", folder, WorkloadGenerator.SEEDS_PER_SETTINGS),
        () -> {
          Journal journal = new Journal();
          return store -> new BugStore(new JournaledStore(store, journal), ListReader::new);
        },
        DEEP ? 50 : 20);
  }

  private static void assertSound(Subject sound, Supplier<Planting> planting, int tries) {
    Subject memory = ForgetfulSubject.memory();
    try (Subject wrapped = new PlantedSubject("sound", sound, planting)) {
      for (int i = 0; i < tries; i++) {
        Optional<Divergence> found =
            Equivalence.compare(
                WorkloadGenerator.upTo(MutantTrial.MOST_OPS).generate(SEED + i), memory, wrapped);
        assertThat(found).as("seed %d", SEED + i).isEmpty();
      }
    }
  }

  private static void assertSoon(List<Integer> tries, int bugs) {
    assertThat(tries).hasSize(bugs);
    assertThat(tries.stream().sorted().skip(tries.size() / 2).findFirst().orElseThrow())
        .isLessThanOrEqualTo(MOST_MEDIAN_TRIES);
  }

  private int find(PlantedBug bug) throws IOException {
    MutantResult result = MutantTrial.run(bug, MOST_TRIES, SEED, folder, STOPPED, () -> false);

    assertThat(result.finding()).as("found in %d tries", result.tries()).isPresent();
    MutantResult.Finding finding = result.finding().orElseThrow();
    String text = replay(result, finding).text();
    Path kept = Files.createDirectories(Path.of("target", "equiv", "planted"));
    Files.writeString(kept.resolve(bug.name() + ".replay"), text);
    assertThat(finding.reduction().workload().ops())
        .as(
            () ->
                text
                    + DivergenceReport.text(
                        finding.reduction().workload(), finding.reduction().divergence()))
        .hasSizeLessThanOrEqualTo(MOST_OPS);
    assertThat(finding.reduction().divergence().signature())
        .isEqualTo(finding.divergence().signature());
    assertThat(ReplayFile.parse(text).workload()).isEqualTo(finding.reduction().workload());
    return result.tries();
  }

  private static ReplayFile replay(MutantResult result, MutantResult.Finding finding) {
    return new ReplayFile(
        List.of(
            String.format(
                Locale.ROOT, "planted bug %s: %s", result.bug().name(), result.bug().summary()),
            String.format(
                Locale.ROOT,
                "tries=%d ops=%d runs=%d reduced=%d",
                result.tries(),
                finding.workload().ops().size(),
                finding.reduction().runs(),
                finding.reduction().workload().ops().size())),
        finding.reduction().workload(),
        Optional.of(finding.divergence().signature()));
  }
}
