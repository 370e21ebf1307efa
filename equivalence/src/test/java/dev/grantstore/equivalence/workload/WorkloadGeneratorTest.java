package dev.grantstore.equivalence.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.check.Coverage;
import dev.grantstore.equivalence.run.ForgetfulSubject;
import dev.grantstore.equivalence.run.Runner;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class WorkloadGeneratorTest {
  private static final int SEEDS = 200;

  @Test
  void theSameSeedGivesTheSameWorkload() {
    WorkloadGenerator generator = WorkloadGenerator.upTo(200);

    assertThat(generator.generate(5)).isEqualTo(generator.generate(5));
    assertThat(generator.generate(5)).isNotEqualTo(generator.generate(6));
  }

  @Test
  void theLengthIsKept() {
    for (int seed = 0; seed < SEEDS; seed++) {
      assertThat(WorkloadGenerator.upTo(100).generate(seed).ops()).hasSizeBetween(1, 101);
      assertThat(WorkloadGenerator.exactly(50).generate(seed).ops()).hasSizeBetween(50, 51);
    }
  }

  @Test
  void everyKindOfOperationAndEveryBadCallComes() {
    Set<String> kinds = new HashSet<>();
    Set<BadCall> calls = new HashSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      for (Op op : WorkloadGenerator.exactly(200).generate(seed).ops()) {
        kinds.add(op.kind());
        if (op instanceof Op.Bad bad) {
          calls.add(bad.call());
        }
      }
    }

    // Those of whole syncs are a type of their own.
    assertThat(kinds)
        .hasSize(
            Op.class.getPermittedSubclasses().length
                - 1
                + Op.OfSyncs.class.getPermittedSubclasses().length);
    assertThat(calls).containsExactlyInAnyOrder(BadCall.values());
  }

  @Test
  void trapsComeAsIds() {
    Set<String> ids = new HashSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      ids.addAll(WorkloadGenerator.upTo(1).generate(seed).ids());
    }

    assertThat(ids).contains("", "\u0000", "\u0001\u0002", "a\u0000b", "\ufb49", "\ud83d\udd25");
  }

  @Test
  void everySubsequenceIsAWorkload() {
    SplittableRandom random = new SplittableRandom(1);
    Coverage all = Coverage.NONE;
    for (int seed = 0; seed < SEEDS; seed++) {
      Workload whole = WorkloadGenerator.upTo(100).generate(seed);
      Workload part =
          whole.withOps(whole.ops().stream().filter(op -> random.nextBoolean()).toList());
      var result = Runner.run(ForgetfulSubject.memory(), part);
      assertThat(result.contradiction()).isEmpty();
      all = all.plus(result.coverage());
    }
    Set<String> outcomes =
        all.ops().keySet().stream()
            .map(op -> op.substring(op.indexOf(' ') + 1))
            .collect(Collectors.toSet());

    assertThat(outcomes)
        .isSubsetOf(
            "ok",
            "skipped",
            "more",
            "end",
            "forgetful",
            "true",
            "false",
            "SYNC_UNKNOWN",
            "SYNC_EXISTS",
            "SYNC_SEALED",
            "INVALID_PAGE_TOKEN",
            "IllegalArgumentException",
            "NullPointerException",
            "IllegalStateException",
            "UnsupportedOperationException");
  }

  @Test
  void kindsCanBeLeftOutAndTheRestStays() {
    List<String> kinds = List.of("put", "reopen");
    for (long seed = 0; seed < 50; seed++) {
      Workload all = WorkloadGenerator.upTo(200).generate(seed);
      Workload less = WorkloadGenerator.upTo(200).without(kinds).generate(seed);

      assertThat(less)
          .isEqualTo(
              all.withOps(all.ops().stream().filter(op -> !kinds.contains(op.kind())).toList()));
    }
  }
}
