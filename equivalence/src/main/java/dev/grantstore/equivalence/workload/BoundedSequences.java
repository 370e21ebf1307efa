package dev.grantstore.equivalence.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Every sequence of a few operations over a tiny universe: two syncs, in each two grant ids, two
 * entitlements, two principals. Of the sequences that differ in names only, one is made. Immutable.
 *
 * <p>Both syncs are started before the first operation. After the last one, what is still open is
 * read to its end: snapshots in every list, cursors, and pages by their tokens. Closing and opening
 * again counts as two operations, because it takes as long as many.
 *
 * <p>Names change by renamings, which change letters of an alphabet into others. The sequence that
 * is made is the least of all its renamings in the order of letters. So the beginnings of those
 * that are made are made too, and whether one more letter fits is told by the renamings alone that
 * leave the beginning as it is.
 */
public final class BoundedSequences {
  /** There are more of five operations than anybody would wait for. */
  public static final int MOST_DEPTH = 6;

  private final int depth;
  private final List<String> without;
  private final Alphabet alphabet;

  private BoundedSequences(int depth, List<String> without) {
    if (depth < 1 || depth > MOST_DEPTH) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "depth is out of range: depth=%d most=%d", depth, MOST_DEPTH));
    }
    this.depth = depth;
    this.without = List.copyOf(without);
    this.alphabet = new Alphabet(depth, without);
  }

  /**
   * {@return all sequences of 1 to {@code depth} operations}
   *
   * @param depth at most {@link #MOST_DEPTH}
   */
  public static BoundedSequences upTo(int depth) {
    return new BoundedSequences(depth, List.of());
  }

  /**
   * {@return those of these that have no such operations}
   *
   * @param kinds names as {@link Op#kind} gives them
   */
  public BoundedSequences without(List<String> kinds) {
    List<String> all = new ArrayList<>(without);
    all.addAll(kinds);
    return new BoundedSequences(depth, all);
  }

  /** {@return how many there are} */
  public long count() {
    long[] count = {0};
    visit(new int[0], depth, allRenamings(), letters -> count[0]++);
    return count[0];
  }

  /**
   * Makes them all, one after the other, short ones before those they are the beginning of.
   *
   * @param each given each; its seed is its number, from 0
   */
  public void forEach(Consumer<Workload> each) {
    long[] number = {0};
    visit(
        new int[0], depth, allRenamings(), letters -> each.accept(workload(number[0]++, letters)));
  }

  /**
   * Visits what begins with {@code letters}, has {@code left} operations more at the most, and
   * whose beginning is left as it is by those renamings.
   */
  void visit(int[] letters, int left, int[] renamings, Consumer<int[]> each) {
    for (int next = 0; next < alphabet.size(); next++) {
      int letter = next;
      int leftThen = left - alphabet.weight(letter);
      if (leftThen >= 0
          && IntStream.of(renamings).allMatch(r -> alphabet.image(r, letter) >= letter)) {
        int[] longer = IntStream.concat(IntStream.of(letters), IntStream.of(letter)).toArray();
        int[] same =
            IntStream.of(renamings).filter(r -> alphabet.image(r, letter) == letter).toArray();
        each.accept(longer);
        visit(longer, leftThen, same, each);
      }
    }
  }

  static int[] allRenamings() {
    return IntStream.range(0, Alphabet.RENAMINGS).toArray();
  }

  Alphabet alphabet() {
    return alphabet;
  }

  private Workload workload(long number, int[] letters) {
    List<Op> ops = new ArrayList<>();
    ops.add(new Op.StartSync(0));
    ops.add(new Op.StartSync(1));
    for (int place = 0; place < letters.length; place++) {
      ops.addAll(alphabet.ops(letters[place], place));
    }
    for (Op op : List.copyOf(ops)) {
      ops.addAll(rest(op));
    }
    return new Workload(number, Alphabet.IDS, Alphabet.SYNCS, ops);
  }

  /** {@return what reads to its end what an operation opened} */
  private static List<Op> rest(Op op) {
    if (op instanceof Op.OpenCursor cursor) {
      return List.of(new Op.NextRows(cursor.cursor(), 3));
    }
    if (op instanceof Op.Page page) {
      Op next = new Op.Resume(page.token(), 0, 1);
      return List.of(next, next);
    }
    if (op instanceof Op.OpenSnapshot snapshot) {
      int via = snapshot.snapshot();
      List<Op> reads = new ArrayList<>();
      reads.add(new Op.ListSyncs(via));
      for (int sync = 0; sync < Alphabet.SYNCS.size(); sync++) {
        for (Ask ask : Alphabet.asks()) {
          reads.add(new Op.ListRows(via, sync, ask, 0));
        }
      }
      return reads;
    }
    return List.of();
  }
}
