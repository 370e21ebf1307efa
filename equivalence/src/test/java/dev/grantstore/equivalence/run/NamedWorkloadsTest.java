package dev.grantstore.equivalence.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Grant;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Fact;
import dev.grantstore.equivalence.check.History.Step;
import dev.grantstore.equivalence.workload.NamedWorkloads;
import dev.grantstore.equivalence.workload.Row;
import dev.grantstore.equivalence.workload.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The four named workloads are what they claim, and every engine answers them alike. */
final class NamedWorkloadsTest {
  @TempDir Path folder;

  @Test
  void theStandardWorkloadPuts200DistinctGrantsAndDeletes25() {
    Result result = runEverywhere(NamedWorkloads.standard());

    assertThat(result.coverage().count(Fact.INSERT)).isEqualTo(200);
    assertThat(result.coverage().count(Fact.OVERWRITE)).isZero();
    assertThat(result.coverage().count(Fact.EFFECTIVE_DELETE)).isEqualTo(25);
    assertThat(last(result).rows()).hasSize(175).doesNotHaveDuplicates();
    assertThat(last(result).syncs().get(0).digest().orElseThrow().count()).isEqualTo(175);
  }

  @Test
  void theStandardWorkloadHas5EntitlementsAnd50Principals() {
    List<Row> rows = NamedWorkloads.standard().rows();

    assertThat(rows.stream().map(Row::id).distinct()).hasSize(200);
    assertThat(rows.stream().map(Row::entitlement).distinct()).hasSize(5);
    assertThat(rows.stream().map(Row::principal).distinct()).hasSize(50);
  }

  @Test
  void everyListOfTheStandardWorkloadHasRows() {
    Result result = runEverywhere(NamedWorkloads.standard());

    assertThat(lists(result)).hasSize(103).noneMatch(list -> list.rows().isEmpty());
  }

  @Test
  void theEmptyWorkloadHasEmptyListsOnly() {
    Result result = runEverywhere(NamedWorkloads.empty());

    assertThat(lists(result)).hasSize(10).allMatch(list -> list.rows().isEmpty());
    assertThat(result.coverage().count(Fact.INSERT)).isZero();
    assertThat(last(result).syncs()).hasSize(1);
  }

  @Test
  void theSingleGrantStandsInEveryList() {
    Workload workload = NamedWorkloads.single();
    Result result = runEverywhere(workload);

    Optional<Grant> grant = Optional.of(workload.grant(workload.rows().get(0)));
    assertThat(lists(result)).hasSize(10).allMatch(list -> list.rows().equals(List.of(grant)));
  }

  @Test
  void theOverwriteMovesBothIndexRows() {
    Workload workload = NamedWorkloads.overwrite();
    Result result = runEverywhere(workload);

    Optional<Grant> moved = Optional.of(workload.grant(workload.rows().get(1)));
    assertThat(result.coverage().count(Fact.OVERWRITE)).isEqualTo(1);
    assertThat(lists(result).stream().map(Answer::rows))
        .containsExactly(List.of(moved), List.of(moved), List.of(), List.of());
  }

  /** {@return what the memory store answered, once all others have answered the same} */
  private Result runEverywhere(Workload workload) {
    try (Subject rocks = FolderSubject.of("rocksdb", folder, 1);
        Subject sqlite = FolderSubject.of("sqlite", folder, 1)) {
      assertThat(Equivalence.compare(workload, ForgetfulSubject.memory(), rocks, sqlite)).isEmpty();
    }
    return Runner.run(ForgetfulSubject.memory(), workload);
  }

  private static List<Answer> lists(Result result) {
    return result.history().steps().stream()
        .filter(step -> step.kind().equals("listRows"))
        .map(Step::answer)
        .toList();
  }

  /** {@return everything there is at the end} */
  private static Answer last(Result result) {
    List<Step> steps = result.history().steps();
    return steps.get(steps.size() - 1).answer();
  }
}
