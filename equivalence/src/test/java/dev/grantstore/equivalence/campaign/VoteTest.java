package dev.grantstore.equivalence.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.check.Divergence;
import dev.grantstore.equivalence.check.History;
import dev.grantstore.equivalence.check.History.Step;
import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.run.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VoteTest {
  @Test
  void theReferenceCanStandAlone() {
    assertThat(vote(result("a", "b"), result("a", "c"), result("a", "c")))
        .isEqualTo("rocksdb sqlite | memory");
  }

  @Test
  void theFirstDifferenceDecides() {
    assertThat(vote(result("a", "b"), result("a", "c"), result("x", "b")))
        .isEqualTo("memory rocksdb | sqlite");
  }

  @Test
  void aHistoryThatEndedEarlyDiffers() {
    assertThat(vote(result("a", "b"), result("a"), result("a", "b")))
        .isEqualTo("memory sqlite | rocksdb");
  }

  @Test
  void whoContradictsItselfStandsAlone() {
    Step step = new Step(1, Oracle.O3, "audit", Answer.of("a"));
    Result contradicting =
        new Result(
            result("a").history(),
            Coverage.NONE,
            Optional.of(new Divergence("rocksdb", step, Answer.of("b"))));

    assertThat(vote(result("a", "b"), contradicting, result("a", "b")))
        .isEqualTo("memory sqlite | rocksdb");
  }

  private static String vote(Result memory, Result rocksdb, Result sqlite) {
    Map<String, Result> results = new LinkedHashMap<>();
    results.put("memory", memory);
    results.put("rocksdb", rocksdb);
    results.put("sqlite", sqlite);
    return Vote.of(results);
  }

  private static Result result(String... outcomes) {
    List<Step> steps = new ArrayList<>();
    for (String outcome : outcomes) {
      steps.add(new Step(steps.size() + 1, Oracle.O1, "put", Answer.of(outcome)));
    }
    return new Result(new History(steps), Coverage.NONE, Optional.empty());
  }
}
