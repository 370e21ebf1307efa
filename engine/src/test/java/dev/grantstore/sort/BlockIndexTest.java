package dev.grantstore.sort;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BlockIndexTest {
  /** Files of more bytes, and of more rows, than an int counts. */
  @Test
  void placesAndCountsGoOnBeyondAnInt() {
    BlockIndex index = new BlockIndex();
    int length = Integer.MAX_VALUE - 64;
    for (int i = 0; i < 70; i++) {
      index.add(new byte[] {(byte) i}, length, Integer.MAX_VALUE, ~i);
    }

    assertThat(index.fileBytes()).isEqualTo(70L * length);
    assertThat(index.rows()).isEqualTo(70L * Integer.MAX_VALUE);
    for (int i = 0; i < 70; i++) {
      assertThat(index.offset(i)).isEqualTo((long) i * length);
      assertThat(index.lengthBytes(i)).isEqualTo(length);
      assertThat(index.rowsBefore(i)).isEqualTo((long) i * Integer.MAX_VALUE);
      assertThat(index.checksum(i)).isEqualTo(~i);
    }
  }
}
