package dev.grantstore.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Bytes;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The reader gives back what was written, and accepts nothing else. */
final class TupleReaderProperties {
  @Example
  void everyTrapElementComesBack() throws MalformedBytesException {
    for (List<Bytes> traps : List.of(TrapElements.shortOnes(), TrapElements.longOnes())) {
      List<PartKind> shape = Tuples.elements(traps.size());

      assertThat(Tuples.decode(shape, Tuples.encode(shape, traps))).isEqualTo(traps);
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void tuplesComeBack(@ForAll("tuples") Tuples.Shaped tuple) throws MalformedBytesException {
    assertThat(Tuples.decode(tuple.shape(), tuple.encode())).isEqualTo(tuple.parts());
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void everyProperPrefixOfAKeyIsRefused(@ForAll("tuples") Tuples.Shaped tuple) {
    byte[] key = tuple.encode();
    int step = Math.max(1, key.length / 64);
    for (int length = 0; length < key.length; length += step) {
      assertThat(accepts(tuple.shape(), Arrays.copyOf(key, length))).isFalse();
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void longerKeysAreRefused(
      @ForAll("tuples") Tuples.Shaped tuple, @ForAll @IntRange(max = 255) int more) {
    byte[] key = tuple.encode();
    byte[] longer = Arrays.copyOf(key, key.length + 1);
    longer[key.length] = (byte) more;

    assertThat(accepts(tuple.shape(), longer)).isFalse();
  }

  @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE)
  void whatIsAcceptedEncodesToTheSameBytes(
      @ForAll("shapes") List<PartKind> shape, @ForAll("keys") byte[] key) {
    assertThat(encodesAgainOrIsRefused(shape, key)).isTrue();
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void whatIsAcceptedOfADamagedKeyEncodesToTheSameBytes(
      @ForAll("tuples") Tuples.Shaped tuple,
      @ForAll @IntRange(max = Integer.MAX_VALUE) int where,
      @ForAll("bytes") byte with) {
    byte[] key = tuple.encode();
    key[where % key.length] = with;

    assertThat(encodesAgainOrIsRefused(tuple.shape(), key)).isTrue();
  }

  @Provide
  Arbitrary<Tuples.Shaped> tuples() {
    return Tuples.shaped();
  }

  @Provide
  Arbitrary<List<PartKind>> shapes() {
    return Tuples.shapes();
  }

  @Provide
  Arbitrary<byte[]> keys() {
    return TrapElements.bytes().array(byte[].class).ofMaxSize(24);
  }

  @Provide
  Arbitrary<Byte> bytes() {
    return TrapElements.bytes();
  }

  private static boolean encodesAgainOrIsRefused(List<PartKind> shape, byte[] key) {
    try {
      return Arrays.equals(Tuples.encode(shape, Tuples.decode(shape, key)), key);
    } catch (MalformedBytesException refused) {
      return true;
    }
  }

  private static boolean accepts(List<PartKind> shape, byte[] key) {
    try {
      Tuples.decode(shape, key);
      return true;
    } catch (MalformedBytesException refused) {
      return false;
    }
  }
}
