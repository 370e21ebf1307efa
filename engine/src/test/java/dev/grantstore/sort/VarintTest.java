package dev.grantstore.sort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Boundaries;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class VarintTest {
  private static final int AT = 3;

  /** Every length of every width, and all small numbers. */
  @Test
  void intsAreWrittenInSevenBitsAByteAndComeBack() {
    for (int value : intsToTry()) {
      byte[] expected = Boundaries.varint(Boundaries.unsigned(value, Integer.SIZE));
      byte[] array = filled();

      assertThat(Varint.sizeBytes(value)).as("size of %d", value).isEqualTo(expected.length);
      assertThat(Varint.put(array, AT, value))
          .as("end of %d", value)
          .isEqualTo(AT + expected.length);
      assertThat(array).as("bytes of %d", value).isEqualTo(around(expected));
      assertThat(Varint.getInt(array, AT)).isEqualTo(value);
    }
  }

  @Test
  void longsAreWrittenInSevenBitsAByteAndComeBack() {
    for (long value : longsToTry()) {
      byte[] expected = Boundaries.varint(Boundaries.unsigned(value, Long.SIZE));
      byte[] array = filled();

      assertThat(Varint.sizeBytes(value)).as("size of %d", value).isEqualTo(expected.length);
      assertThat(Varint.put(array, AT, value))
          .as("end of %d", value)
          .isEqualTo(AT + expected.length);
      assertThat(array).as("bytes of %d", value).isEqualTo(around(expected));
      assertThat(Varint.getLong(array, AT)).isEqualTo(value);
    }
  }

  private static List<Integer> intsToTry() {
    return Stream.concat(IntStream.range(0, 300).boxed(), Boundaries.ints().stream()).toList();
  }

  private static List<Long> longsToTry() {
    return Stream.concat(LongStream.range(0, 300).boxed(), Boundaries.longs().stream()).toList();
  }

  /** Bytes that each say that more follow. */
  private static byte[] filled() {
    byte[] array = new byte[AT + 14];
    Arrays.fill(array, (byte) 0xff);
    return array;
  }

  private static byte[] around(byte[] bytes) {
    byte[] array = filled();
    System.arraycopy(bytes, 0, array, AT, bytes.length);
    return array;
  }
}
