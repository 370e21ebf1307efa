package dev.grantstore.sort;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VarintTest {

  @ParameterizedTest
  @CsvSource({
    "0,1",
    "127,1",
    "128,2",
    "16383,2",
    "16384,3",
    "268435455,4",
    "268435456,5",
    "2147483647,5"
  })
  void lengthsRoundTrip(int value, int sizeBytes) {
    byte[] array = new byte[8];

    assertThat(Varint.put(array, 1, value)).isEqualTo(1 + sizeBytes);
    assertThat(Varint.sizeBytes(value)).isEqualTo(sizeBytes);
    assertThat(Varint.getInt(array, 1)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 127, 128, 1L << 35, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void numbersRoundTrip(long value) {
    byte[] array = new byte[12];

    assertThat(Varint.put(array, 1, value)).isEqualTo(1 + Varint.sizeBytes(value));
    assertThat(Varint.getLong(array, 1)).isEqualTo(value);
  }
}
