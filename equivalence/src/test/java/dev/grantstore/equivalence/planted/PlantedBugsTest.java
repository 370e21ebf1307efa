package dev.grantstore.equivalence.planted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.replay.ReplayFile;
import dev.grantstore.equivalence.run.Budget;
import dev.grantstore.equivalence.run.DivergenceReport;
import dev.grantstore.equivalence.run.Equivalence;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Reducer;
import dev.grantstore.equivalence.run.Reduction;
import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the harness can find: each planted bug within some tries, shrunk to a handful of steps. */
final class PlantedBugsTest {
  private static final int TRIES = 400;
  private static final int MOST_OPS = 8;
  private static final WorkloadGenerator GENERATOR = WorkloadGenerator.upTo(200);
  private static final Subject MEMORY = ForgetfulSubject.memory();

  @ParameterizedTest
  @EnumSource(PlantedBug.class)
  void isFoundAndReduced(PlantedBug bug) throws IOException {
    Subject broken = ForgetfulSubject.of(bug.name(), () -> bug.in(memory()));
    for (int seed = 0; seed < TRIES; seed++) {
      Workload workload = GENERATOR.generate(seed);
      Optional<Divergence> found = Equivalence.compare(workload, MEMORY, broken);
      if (found.isPresent()) {
        assertReduces(bug, workload, found.get(), broken, seed + 1);
        return;
      }
    }
    throw new AssertionError("not found in %d tries: %s".formatted(TRIES, bug));
  }

  @Test
  void aStoreWithoutABugIsNotBlamed() {
    Subject sound = ForgetfulSubject.of("sound", () -> new ForwardingStore(memory()));
    for (int seed = 0; seed < TRIES; seed++) {
      Workload workload = GENERATOR.generate(seed);
      assertThat(Equivalence.compare(workload, MEMORY, sound)).isEmpty();
    }
  }

  private static void assertReduces(
      PlantedBug bug, Workload workload, Divergence found, Subject broken, int tries)
      throws IOException {
    Reducer reducer =
        new Reducer(
            candidate -> Equivalence.compare(candidate, MEMORY, broken),
            Budget.DEFAULT,
            Clock.systemUTC());
    Reduction reduction = reducer.reduce(workload, found);
    List<String> remarks =
        List.of(
            "planted bug " + bug,
            "tries=%d ops=%d runs=%d reduced=%d"
                .formatted(
                    tries,
                    workload.ops().size(),
                    reduction.runs(),
                    reduction.workload().ops().size()));
    String text =
        new ReplayFile(remarks, reduction.workload(), Optional.of(found.signature())).text();
    Path folder = Files.createDirectories(Path.of("target", "equiv", "planted"));
    Files.writeString(folder.resolve(bug + ".replay"), text);
    assertThat(reduction.workload().ops())
        .as(text + DivergenceReport.text(reduction.workload(), reduction.divergence()))
        .hasSizeLessThanOrEqualTo(MOST_OPS);
    assertThat(reduction.divergence().signature()).isEqualTo(found.signature());
    assertThat(ReplayFile.parse(text).workload()).isEqualTo(reduction.workload());
  }

  private static GrantStore memory() {
    return GrantStores.open("memory:", StoreOptions.of(OpenMode.OPEN_OR_CREATE));
  }
}
