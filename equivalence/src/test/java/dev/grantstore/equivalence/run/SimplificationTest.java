package dev.grantstore.equivalence.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.workload.Op;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What names another thing by its place goes on naming it when one before it is gone. */
final class SimplificationTest {
  private static final int FIRST_SOURCE = 10;

  @Test
  void aMergeOfFewerTakesItsDeletionsFromTheSameSourceOrFromNone() {
    for (int count = 1; count <= 4; count++) {
      List<Integer> sources = IntStream.range(FIRST_SOURCE, FIRST_SOURCE + count).boxed().toList();
      for (int deletions = 0; deletions <= count; deletions++) {
        Op.Merge merge = new Op.Merge(sources, deletions, 1);
        Set<List<Integer>> left = new HashSet<>();
        for (Op op : Simplification.FEWER_ELEMENTS.of(merge)) {
          Op.Merge fewer = (Op.Merge) op;
          left.add(fewer.sources());
          assertThat(fewer.as()).isEqualTo(1);
          if (fewer.deletions() > 0) {
            assertThat(fewer.sources().get(fewer.deletions() - 1))
                .as("%s of %s", fewer, merge)
                .isEqualTo(sources.get(deletions - 1));
          } else if (deletions > 0 && fewer.sources().size() < count) {
            assertThat(fewer.sources()).doesNotContain(sources.get(deletions - 1));
          }
        }
        assertThat(left).containsAll(count == 1 ? List.of() : withoutOne(sources));
      }
    }
  }

  private static List<List<Integer>> withoutOne(List<Integer> sources) {
    List<List<Integer>> all = new ArrayList<>();
    for (Integer gone : sources) {
      List<Integer> left = new ArrayList<>(sources);
      left.remove(gone);
      all.add(left);
    }
    return all;
  }
}
