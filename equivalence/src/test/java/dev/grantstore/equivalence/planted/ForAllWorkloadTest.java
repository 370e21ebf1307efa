package dev.grantstore.equivalence.planted;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.jqwik.WorkloadArbitrary;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.run.DivergenceReport;
import dev.grantstore.equivalence.run.Equivalence;
import dev.grantstore.equivalence.run.FolderSubject;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** A property of jqwik's, {@code @ForAll Workload}, finds planted bugs and makes them small. */
final class ForAllWorkloadTest {
  private static final Subject MEMORY = ForgetfulSubject.memory();

  @TempDir Path folder;

  /** Run by hand, against the bug that a test names. */
  static final class AnswersAsMemory {
    private static @Nullable PlantedBug bug;
    private static @Nullable Path folder;
    private static @Nullable Workload last;
    private Subject broken = MEMORY;

    @BeforeProperty
    void open() {
      broken = broken();
    }

    @AfterProperty
    void close() {
      broken.close();
    }

    static Subject broken() {
      PlantedBug planted = requireNonNull(bug);
      return planted.in(
          planted.engine().equals(MEMORY.name())
              ? ForgetfulSubject.memory()
              : FolderSubject.of(
                  planted.engine(), requireNonNull(folder), WorkloadGenerator.SEEDS_PER_SETTINGS));
    }

    @Property(
        tries = 6_000,
        seed = "4711",
        shrinking = ShrinkingMode.FULL,
        edgeCases = EdgeCasesMode.MIXIN)
    void answers(@ForAll Workload workload) {
      Optional<Divergence> found = Equivalence.compare(workload, MEMORY, broken);
      found.ifPresent(divergence -> last = workload);
      assertThat(found.map(d -> DivergenceReport.text(workload, d))).isEmpty();
    }
  }

  @Test
  void whatIsFoundIsSmallAndReplays() {
    PlantedBug bug = PlantedBugs.named("get-all-dedups").orElseThrow();
    Workload smallest = smallest(bug);

    assertThat(smallest.ops()).hasSizeLessThanOrEqualTo(4);
    Workload read = ReplayFile.parse(ReplayFile.passing(smallest).text()).workload();
    assertThat(read).isEqualTo(smallest);
    try (Subject broken = AnswersAsMemory.broken()) {
      assertThat(Equivalence.compare(read, MEMORY, broken)).isPresent();
    }
  }

  @Test
  void edgeCasesAreTheEmptyWorkloadEachOperationAndTheNamedOnes() {
    List<Workload> edges = new ArrayList<>();
    for (Shrinkable<Workload> edge : WorkloadArbitrary.upTo(200).edgeCases(1_000)) {
      edges.add(edge.value());
    }
    assertThat(edges.get(0).ops()).isEmpty();
    assertThat(edges.stream().filter(edge -> edge.ops().size() == 1)).hasSizeGreaterThan(8);
    assertThat(edges.get(edges.size() - 1).ops()).hasSizeGreaterThan(100);
    assertThat(WorkloadArbitrary.upTo(200).edgeCases(3).size()).isEqualTo(3);
  }

  @Test
  void whatShrinksIsNearer() {
    Workload workload = WorkloadGenerator.upTo(200).generate(17);
    Shrinkable<Workload> drawn = WorkloadArbitrary.upTo(200).generator(1).next(new Random(3));
    assertThat(workload.ops()).isNotEmpty();
    assertThat(drawn.shrink().limit(2_000))
        .isNotEmpty()
        .allMatch(smaller -> smaller.distance().compareTo(drawn.distance()) < 0)
        .noneMatch(smaller -> smaller.value().equals(drawn.value()));
  }

  @Tag("deep")
  @TestFactory
  Stream<DynamicTest> everyPlantedBugIsFoundAndMadeSmall() {
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    return Stream.concat(
        PlantedBugs.ALL.stream()
            .map(
                bug ->
                    DynamicTest.dynamicTest(
                        bug.name(), () -> sizes.add(smallest(bug).ops().size()))),
        Stream.of(
            DynamicTest.dynamicTest(
                "half of them at most five operations",
                () -> {
                  Collections.sort(sizes);
                  assertThat(sizes).hasSize(PlantedBugs.ALL.size());
                  assertThat(sizes.get(sizes.size() / 2)).isLessThanOrEqualTo(5);
                })));
  }

  private Workload smallest(PlantedBug bug) {
    AnswersAsMemory.bug = bug;
    AnswersAsMemory.folder = folder;
    AnswersAsMemory.last = null;
    Events events =
        EngineTestKit.engine("jqwik")
            .selectors(selectClass(AnswersAsMemory.class))
            .configurationParameter("jqwik.database", "")
            .execute()
            .testEvents();
    events.assertStatistics(statistics -> statistics.failed(1));
    return requireNonNull(AnswersAsMemory.last);
  }
}
