package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class BytesTest {
  @Test
  void bytesAreCopiedInAndOut() {
    byte[] given = {1, 2, 3};
    Bytes bytes = Bytes.copyOf(given);
    given[0] = 9;
    bytes.toByteArray()[1] = 9;

    assertThat(bytes.toByteArray()).containsExactly(1, 2, 3);
  }

  @Test
  void aPartIsCopied() {
    assertThat(Bytes.copyOf(new byte[] {1, 2, 3, 4}, 1, 2).toByteArray()).containsExactly(2, 3);
    assertThat(Bytes.copyOf(new byte[] {1, 2}, 2, 0)).isSameAs(Bytes.EMPTY);
    assertThat(Bytes.copyOf(new byte[0])).isSameAs(Bytes.EMPTY);
  }

  @Test
  void equalityIsByValue() {
    Bytes bytes = Bytes.copyOf(new byte[] {1, 2});

    assertThat(bytes)
        .isEqualTo(Bytes.copyOf(new byte[] {0, 1, 2, 3}, 1, 2))
        .hasSameHashCodeAs(Bytes.copyOf(new byte[] {1, 2}))
        .isNotEqualTo(Bytes.copyOf(new byte[] {1}))
        .isNotEqualTo(Bytes.copyOf(new byte[] {1, 3}))
        .isNotEqualTo("\u0001\u0002");
  }

  @Test
  void orderIsUnsignedAndAPrefixComesFirst() {
    assertThat(of(0x7f)).isLessThan(of(0x80));
    assertThat(of(0xff)).isGreaterThan(of(0));
    assertThat(of(1)).isLessThan(of(1, 0));
    assertThat(Bytes.EMPTY).isLessThan(of(0));
    assertThat(of(1, 2)).isEqualByComparingTo(of(1, 2));
  }

  @Test
  void singleBytesAndLengthAreShown() {
    Bytes bytes = of(5, 0xff);

    assertThat(bytes.length()).isEqualTo(2);
    assertThat(bytes.at(1)).isEqualTo((byte) -1);
    assertThatThrownBy(() -> bytes.at(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void allBytesAreCopiedIntoATarget() {
    byte[] target = {9, 9, 9, 9};
    of(1, 2).copyTo(target, 1);

    assertThat(target).containsExactly(9, 1, 2, 9);
  }

  @Test
  void textIsAnExcerpt() {
    assertThat(of('a', 0, 0xff, '"')).hasToString("\"a\\x00\\xff\\\"\"");
  }

  private static Bytes of(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Bytes.copyOf(bytes);
  }
}
