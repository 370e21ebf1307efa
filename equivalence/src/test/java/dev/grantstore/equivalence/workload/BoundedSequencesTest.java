package dev.grantstore.equivalence.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BoundedSequencesTest {
  private static final BoundedSequences PAIRS = BoundedSequences.upTo(2);
  private static final Alphabet ALPHABET = PAIRS.alphabet();

  @Test
  void everyLetterStaysInTheAlphabetWhateverIsRenamed() {
    for (int renaming : BoundedSequences.allRenamings()) {
      int[] images = images(renaming);
      assertThat(IntStream.of(images).sorted())
          .containsExactlyElementsOf(IntStream.range(0, ALPHABET.size()).boxed().toList());
    }
    assertThat(images(0)).isSorted();
  }

  @Test
  void aLetterThatIsNotInTheAlphabetIsNotPassedOver() {
    assertThatThrownBy(() -> Alphabet.number(Map.of(), List.of(new Op.Flush())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Flush");
  }

  @Test
  void noTwoAreEqualUpToRenaming() {
    Set<List<Integer>> seen = new HashSet<>();
    for (List<Integer> made : made()) {
      for (List<Integer> renamed : new HashSet<>(renamings(made))) {
        assertThat(seen.add(renamed)).as("%s, of %s", renamed, made).isTrue();
      }
    }
  }

  @Test
  void everySequenceOfTheFullAlphabetIsARenamingOfOneThatIsMade() {
    Set<List<Integer>> made = new HashSet<>(made());
    for (int one = 0; one < ALPHABET.size(); one++) {
      assertThat(renamings(List.of(one))).anyMatch(made::contains);
      for (int other = 0; other < ALPHABET.size(); other++) {
        if (ALPHABET.weight(one) + ALPHABET.weight(other) <= 2) {
          assertThat(renamings(List.of(one, other))).anyMatch(made::contains);
        }
      }
    }
  }

  /** The lemma of Burnside: as many as sequences stay the same under a renaming, on average. */
  @Test
  void thereAreAsManyAsCountingByOtherMeansGives() {
    for (int depth = 1; depth <= 3; depth++) {
      long fixed = 0;
      for (int renaming : BoundedSequences.allRenamings()) {
        fixed += unchanged(renaming, depth);
      }
      assertThat(fixed % Alphabet.RENAMINGS).isZero();
      assertThat(BoundedSequences.upTo(depth).count()).isEqualTo(fixed / Alphabet.RENAMINGS);
    }
  }

  /** {@return how many sequences stay the same under a renaming} */
  private static long unchanged(int renaming, int depth) {
    long[] ofWeight = new long[3];
    for (int letter = 0; letter < ALPHABET.size(); letter++) {
      if (ALPHABET.image(renaming, letter) == letter) {
        ofWeight[ALPHABET.weight(letter)]++;
      }
    }
    long shorter = 0;
    long last = 1;
    long sum = 0;
    for (int length = 1; length <= depth; length++) {
      long longer = ofWeight[1] * last + ofWeight[2] * shorter;
      shorter = last;
      last = longer;
      sum += longer;
    }
    return sum;
  }

  @Test
  void depthThreeStaysSmallEnoughForEveryBuild() {
    assertThat(BoundedSequences.upTo(2).count()).isEqualTo(393);
    assertThat(BoundedSequences.upTo(3).count()).isEqualTo(12_801);
  }

  @Test
  void allAreWorkloadsWithNumbersForSeeds() {
    List<Workload> workloads = new ArrayList<>();
    PAIRS.forEach(workloads::add);

    assertThat(workloads).hasSize((int) PAIRS.count()).doesNotHaveDuplicates();
    assertThat(workloads.get(7).seed()).isEqualTo(7);
    assertThat(workloads)
        .allMatch(
            w -> w.ops().subList(0, 2).equals(List.of(new Op.StartSync(0), new Op.StartSync(1))));
  }

  @Test
  void whatIsOpenAtTheEndIsReadToItsEnd() {
    List<Workload> workloads = new ArrayList<>();
    BoundedSequences.upTo(1).forEach(workloads::add);

    assertThat(kinds(workloads))
        .contains(List.of("startSync", "startSync", "page", "resume", "resume"))
        .contains(List.of("startSync", "startSync", "openCursor", "nextRows", "nextRows"));
  }

  @Test
  void kindsCanBeLeftOut() {
    List<Workload> workloads = new ArrayList<>();
    PAIRS.without(List.of("bulkLoad")).without(List.of("page")).forEach(workloads::add);

    assertThat(kinds(workloads))
        .isNotEmpty()
        .noneMatch(kinds -> kinds.contains("bulkLoad") || kinds.contains("page"));
  }

  @Test
  void aDepthOutOfRangeIsRefused() {
    for (int depth : new int[] {0, BoundedSequences.MOST_DEPTH + 1}) {
      assertThatThrownBy(() -> BoundedSequences.upTo(depth))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("depth is out of range");
    }
  }

  private static List<List<Integer>> made() {
    List<List<Integer>> made = new ArrayList<>();
    PAIRS.visit(
        new int[0],
        2,
        BoundedSequences.allRenamings(),
        letters -> made.add(IntStream.of(letters).boxed().toList()));
    return made;
  }

  private static List<List<Integer>> renamings(List<Integer> letters) {
    return IntStream.of(BoundedSequences.allRenamings())
        .mapToObj(r -> letters.stream().map(letter -> ALPHABET.image(r, letter)).toList())
        .toList();
  }

  private static int[] images(int renaming) {
    return IntStream.range(0, ALPHABET.size()).map(i -> ALPHABET.image(renaming, i)).toArray();
  }

  private static List<List<String>> kinds(List<Workload> workloads) {
    return workloads.stream().map(w -> w.ops().stream().map(Op::kind).toList()).toList();
  }
}
