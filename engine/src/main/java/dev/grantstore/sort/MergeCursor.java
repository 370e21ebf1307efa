package dev.grantstore.sort;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads several runs as one, in order.
 *
 * <p>A tree of losers with offset-value codes. The code of a row says where its key first differs
 * from the key it was last compared with, counted in chunks of {@link KeyChunk#BYTES} bytes, and
 * the chunk there. All rows that meet in the tree have codes against the same row, so the codes
 * alone decide: the key that differs later is the smaller one, then the smaller chunk. Only rows
 * with equal codes are compared by key, from there on. Runs tell how much of a key the row before
 * shares, so the code of a new row costs next to nothing.
 */
public final class MergeCursor implements RowCursor {
  /** The code of a row whose key is the one before it again. */
  private static final int EQUAL = Integer.MAX_VALUE;

  /** The code of a run that has ended: after all rows. */
  private static final int ENDED = -1;

  private final RunCursor[] cursors;

  /** The loser at each inner node: 1 is the root, and the parent of i is i / 2. */
  private final int[] losers;

  private final int[] differsAt;
  private final long[] chunks;
  private int primed;
  private boolean built;
  private int winner;
  private @Nullable RunCursor row;

  private MergeCursor(RunCursor[] cursors) {
    this.cursors = cursors;
    losers = new int[cursors.length];
    differsAt = new int[cursors.length];
    chunks = new long[cursors.length];
  }

  /**
   * {@return a cursor over the rows of all runs in a key range} With one run it is that run's own.
   * It holds 64 KiB for each spilled run.
   *
   * @param runs not to be closed while the cursor is used
   * @param fromKeyInclusive the first key, not to be changed afterwards; null for no bound
   * @param toKeyExclusive the key to stop before, not to be changed afterwards; null for no bound
   * @throws IllegalStateException if a run is closed
   */
  public static RowCursor over(
      List<SortedRun> runs, byte @Nullable [] fromKeyInclusive, byte @Nullable [] toKeyExclusive) {
    RunCursor[] cursors = new RunCursor[runs.size()];
    for (int i = 0; i < cursors.length; i++) {
      cursors[i] = runs.get(i).runCursor(fromKeyInclusive, toKeyExclusive);
    }
    return cursors.length == 1 ? cursors[0] : new MergeCursor(cursors);
  }

  @Override
  public boolean next() throws IOException {
    row = null;
    if (built) {
      step();
    } else {
      build();
    }
    if (cursors.length == 0 || differsAt[winner] == ENDED) {
      return false;
    }
    row = cursors[winner];
    return true;
  }

  @Override
  public byte[] keyArray() {
    return row().keyArray;
  }

  @Override
  public int keyOffset() {
    return row().keyOffset;
  }

  @Override
  public int keyLength() {
    return row().keyLength;
  }

  @Override
  public byte[] valueArray() {
    return row().valueArray;
  }

  @Override
  public int valueOffset() {
    return row().valueOffset;
  }

  @Override
  public int valueLength() {
    return row().valueLength;
  }

  @Override
  public long sequence() {
    return row().sequence;
  }

  @Override
  public boolean repeatsKey() {
    row();
    return differsAt[winner] == EQUAL;
  }

  private RunCursor row() {
    if (row == null) {
      throw new IllegalStateException("cursor is not on a row");
    }
    return row;
  }

  /** Moves every run to its first row and plays all matches, with codes against no key at all. */
  private void build() throws IOException {
    for (; primed < cursors.length; primed++) {
      RunCursor cursor = cursors[primed];
      if (cursor.next()) {
        differsAt[primed] = 0;
        chunks[primed] = KeyChunk.load(cursor.keyArray, cursor.keyOffset, cursor.keyLength, 0);
      } else {
        differsAt[primed] = ENDED;
      }
    }
    if (cursors.length > 0) {
      winner = play(1);
    }
    built = true;
  }

  private int play(int node) {
    if (node >= cursors.length) {
      return node - cursors.length;
    }
    int left = play(2 * node);
    int right = play(2 * node + 1);
    boolean leftWins = beats(left, right);
    losers[node] = leftWins ? right : left;
    return leftWins ? left : right;
  }

  /** Moves the run of the current row and plays the matches on its way up. */
  private void step() throws IOException {
    if (cursors.length == 0 || differsAt[winner] == ENDED) {
      return;
    }
    int contender = winner;
    moveOn(contender);
    for (int node = (contender + cursors.length) / 2; node > 0; node /= 2) {
      int loser = losers[node];
      if (beats(loser, contender)) {
        losers[node] = contender;
        contender = loser;
      }
    }
    winner = contender;
  }

  private void moveOn(int run) throws IOException {
    RunCursor cursor = cursors[run];
    if (!cursor.next()) {
      differsAt[run] = ENDED;
      return;
    }
    int shared = cursor.sharedKeyBytes();
    if (shared == cursor.keyLength && cursor.repeatsKey()) {
      differsAt[run] = EQUAL;
    } else {
      encode(run, shared);
    }
  }

  private void encode(int run, int sharedBytes) {
    RunCursor cursor = cursors[run];
    int chunk = sharedBytes / KeyChunk.BYTES;
    differsAt[run] = chunk;
    chunks[run] =
        KeyChunk.load(cursor.keyArray, cursor.keyOffset, cursor.keyLength, chunk * KeyChunk.BYTES);
  }

  /** {@return whether the row of {@code a} comes first} The loser's code is then against it. */
  private boolean beats(int a, int b) {
    if (differsAt[a] != differsAt[b]) {
      return differsAt[a] > differsAt[b];
    }
    if (differsAt[a] == ENDED) {
      return true;
    }
    if (differsAt[a] != EQUAL) {
      if (chunks[a] != chunks[b]) {
        return chunks[a] < chunks[b];
      }
      if (!KeyChunk.endsKey(chunks[a])) {
        return beatsBelow(a, b, (differsAt[a] + 1) * KeyChunk.BYTES);
      }
    }
    return beatsEqual(a, b);
  }

  /** Compares keys that have their first {@code depth} bytes in common. */
  private boolean beatsBelow(int a, int b, int depth) {
    RunCursor rowA = cursors[a];
    RunCursor rowB = cursors[b];
    int shorter = Math.min(rowA.keyLength, rowB.keyLength);
    int same =
        Arrays.mismatch(
            rowA.keyArray,
            rowA.keyOffset + depth,
            rowA.keyOffset + shorter,
            rowB.keyArray,
            rowB.keyOffset + depth,
            rowB.keyOffset + shorter);
    if (same < 0 && rowA.keyLength == rowB.keyLength) {
      return beatsEqual(a, b);
    }
    int shared = same < 0 ? shorter : depth + same;
    boolean wins =
        same < 0
            ? rowA.keyLength < rowB.keyLength
            : Byte.compareUnsigned(
                    rowA.keyArray[rowA.keyOffset + shared], rowB.keyArray[rowB.keyOffset + shared])
                < 0;
    // The winner's code stays what it is: against the key that it meets the next row's code with.
    encode(wins ? b : a, shared);
    return wins;
  }

  private boolean beatsEqual(int a, int b) {
    boolean wins = cursors[a].sequence <= cursors[b].sequence;
    differsAt[wins ? b : a] = EQUAL;
    return wins;
  }
}
