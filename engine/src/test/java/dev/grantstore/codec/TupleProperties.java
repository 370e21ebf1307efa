package dev.grantstore.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Keys are ordered as tuples are, and are prefixes of each other exactly when tuples are. */
final class TupleProperties {
  private static final List<Integer> INTS =
      List.of(0, 1, -1, 255, 256, 65_535, -256, Integer.MAX_VALUE, Integer.MIN_VALUE);
  private static final List<Long> LONGS =
      List.of(0L, 1L, -1L, 255L, 256L, 1L << 31, 1L << 32, -1L << 32, Long.MAX_VALUE, -1L << 63);

  @Example
  void orderAndPrefixesHoldForAllPairsOfTheShortGrid() {
    List<List<Bytes>> tuples = new ArrayList<>();
    tuples.add(List.of());
    for (Bytes first : TrapElements.shortOnes()) {
      tuples.add(List.of(first));
      for (Bytes second : TrapElements.shortOnes()) {
        tuples.add(List.of(first, second));
      }
    }
    checkAllPairs(Tuples.elements(2), tuples);
  }

  @Example
  void orderAndPrefixesHoldForAllPairsOfTheLongGrid() {
    List<List<Bytes>> tuples = new ArrayList<>();
    for (Bytes element : TrapElements.shortOnes()) {
      tuples.add(List.of(element));
    }
    for (Bytes element : TrapElements.longOnes()) {
      tuples.add(List.of(element));
      tuples.add(List.of(element, Bytes.EMPTY));
    }
    checkAllPairs(Tuples.elements(2), tuples);
  }

  @Example
  void numbersAndTruthValuesAreOrdered() {
    checkAllPairs(List.of(PartKind.UNSIGNED_INT), each(INTS));
    checkAllPairs(List.of(PartKind.SIGNED_INT), each(INTS));
    checkAllPairs(List.of(PartKind.UNSIGNED_LONG), each(LONGS));
    checkAllPairs(List.of(PartKind.SIGNED_LONG), each(LONGS));
    checkAllPairs(List.of(PartKind.TRUTH), each(List.of(false, true)));
  }

  @Example
  void movingABoundaryChangesTheKey() {
    List<List<Bytes>> tuples = new ArrayList<>();
    for (String text : List.of("a|bc", "ab|c", "abc|", "|abc", "a\u0000|bc", "a|\u0000bc")) {
      List<Bytes> tuple = new ArrayList<>();
      for (String part : text.split("\\|", -1)) {
        tuple.add(Bytes.copyOf(part.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      }
      tuples.add(tuple);
    }
    checkAllPairs(Tuples.elements(2), tuples);
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void orderIsKeptForTuplesOfAnyShape(@ForAll("pairs") Tuples.Pair pair) {
    byte[] a = Tuples.encode(pair.shape(), pair.a());
    byte[] b = Tuples.encode(pair.shape(), pair.b());

    assertThat(Integer.signum(Arrays.compareUnsigned(a, b)))
        .isEqualTo(Tuples.compare(pair.shape(), pair.a(), pair.b()));
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void bytesAreAPrefixExactlyWhenTheTupleIs(@ForAll("pairs") Tuples.Pair pair) {
    byte[] a = Tuples.encode(pair.shape(), pair.a());
    byte[] b = Tuples.encode(pair.shape(), pair.b());

    assertThat(startsWith(b, a)).isEqualTo(Tuples.isPrefix(pair.a(), pair.b()));
  }

  @Provide
  Arbitrary<Tuples.Pair> pairs() {
    return Tuples.pairs();
  }

  private static void checkAllPairs(List<PartKind> shape, List<? extends List<?>> tuples) {
    List<byte[]> keys = tuples.stream().map(tuple -> Tuples.encode(shape, tuple)).toList();
    for (int i = 0; i < keys.size(); i++) {
      for (int j = 0; j < keys.size(); j++) {
        List<?> a = tuples.get(i);
        List<?> b = tuples.get(j);
        int order = Integer.signum(Arrays.compareUnsigned(keys.get(i), keys.get(j)));
        if (order != Tuples.compare(shape, a, b)
            || startsWith(keys.get(j), keys.get(i)) != Tuples.isPrefix(a, b)) {
          throw new AssertionError(
              String.format(Locale.ROOT, "keys do not relate as tuples do: %s %s", a, b));
        }
      }
    }
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static List<List<Object>> each(List<?> values) {
    return values.stream().<List<Object>>map(List::of).toList();
  }
}
