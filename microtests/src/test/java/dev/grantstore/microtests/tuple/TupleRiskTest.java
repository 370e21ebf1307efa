package dev.grantstore.microtests.tuple;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Utf8View;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.TupleReader;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.equivalence.workload.TrapIds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Risk 1: a list is a range of keys, so the order of bytes must be the order of tuples, and a
 * prefix of bytes a prefix of the tuple; else rows of other lists stand among its own. Every pair
 * of a grid of traps, and a million random pairs. Judged by a comparison that knows nothing of
 * keys.
 */
final class TupleRiskTest {
  private static final int RANDOM_PAIRS = 1_000_000;
  private static final int MOST_ELEMENTS = 4;
  private static final byte[] SPECIAL = {0, 1, 2, 0x26, 0x27, 'a', 0x7f, (byte) 0x80, (byte) 0xff};

  private final TupleWriter writer = new TupleWriter();
  private long prefixes;

  @Test
  void everyPairOfAGridOfTraps() {
    List<Tuple> grid = grid();

    long pairs = 0;
    for (Tuple one : grid) {
      for (Tuple other : grid) {
        check(one, other);
        pairs++;
      }
    }

    assertThat(pairs).isGreaterThan(1_000_000);
    assertThat(prefixes).isGreaterThan(grid.size());
  }

  @Test
  void aMillionRandomPairs() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < RANDOM_PAIRS; i++) {
      Tuple one = random(random, List.of());
      // Half of all begin alike: what differs late is where mistakes show.
      check(one, random(random, random.nextBoolean() ? one.elements() : List.of()));
    }

    assertThat(prefixes).isGreaterThan(RANDOM_PAIRS / 100);
  }

  @Test
  void hostileBytesAreRefusedOrEncodeToTheSameBytes() {
    SplittableRandom random = new SplittableRandom(2);
    int accepted = 0;
    for (int i = 0; i < RANDOM_PAIRS; i++) {
      byte[] bytes = bytes(random, 12);
      int elements = 1 + random.nextInt(MOST_ELEMENTS);
      try {
        Tuple read = decode(bytes, elements);
        accepted++;
        assertThat(read.key()).isEqualTo(bytes);
      } catch (MalformedBytesException e) {
        assertThat(e).hasMessageContaining("offset");
      }
    }

    assertThat(accepted).isBetween(RANDOM_PAIRS / 1_000, RANDOM_PAIRS / 2);
  }

  @Test
  void aTupleThatIsWrittenIsRead() throws MalformedBytesException {
    for (Tuple tuple : grid()) {
      assertThat(decode(tuple.key(), tuple.elements().size()).toString())
          .isEqualTo(tuple.toString());
    }
  }

  private void check(Tuple one, Tuple other) {
    int order = Integer.signum(one.compareTo(other));
    int bytes = Integer.signum(Arrays.compareUnsigned(one.key(), other.key()));
    boolean isPrefix = one.isPrefixOf(other);
    boolean isBytePrefix = one.isBytePrefixOf(other);
    if (order != bytes || isPrefix != isBytePrefix) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "order=%d of bytes=%d prefix=%s of bytes=%s: %s %s",
              order,
              bytes,
              isPrefix,
              isBytePrefix,
              one,
              other));
    }
    prefixes += isPrefix ? 1 : 0;
  }

  private List<Tuple> grid() {
    List<byte[]> traps = new ArrayList<>();
    for (String id : TrapIds.all()) {
      traps.add(id.getBytes(StandardCharsets.UTF_8));
    }
    List<Tuple> grid = new ArrayList<>();
    for (byte[] one : traps) {
      grid.add(tuple(List.of(one)));
      for (byte[] other : traps) {
        grid.add(tuple(List.of(one, other)));
      }
    }
    return grid.stream().filter(tuple -> tuple.key().length < 64).toList();
  }

  private Tuple random(SplittableRandom random, List<byte[]> like) {
    List<byte[]> elements = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_ELEMENTS);
    int alike = random.nextInt(count + 1);
    for (int i = 0; i < count; i++) {
      elements.add(i < alike && i < like.size() ? like.get(i) : bytes(random, 6));
    }
    return tuple(elements);
  }

  private Tuple tuple(List<byte[]> elements) {
    writer.reset();
    elements.forEach(element -> writer.putElement(element, 0, element.length));
    return new Tuple(elements, writer.toByteArray());
  }

  private Tuple decode(byte[] bytes, int count) throws MalformedBytesException {
    TupleReader reader = new TupleReader();
    reader.reset(bytes, 0, bytes.length);
    List<Utf8View> views = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Utf8View view = new Utf8View();
      reader.element(view);
      views.add(view);
    }
    reader.end();
    List<byte[]> elements = new ArrayList<>();
    for (Utf8View view : views) {
      byte[] element = new byte[view.length()];
      view.copyTo(element, 0);
      elements.add(element);
    }
    return tuple(elements);
  }

  private static byte[] bytes(SplittableRandom random, int most) {
    byte[] bytes = new byte[random.nextInt(most + 1)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = SPECIAL[random.nextInt(SPECIAL.length)];
    }
    return bytes;
  }
}
