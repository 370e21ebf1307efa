package dev.grantstore.kudu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ControlRowTest {
  private static final long NOW = (1_760_000_000_000_000L << 12) + 7;
  private static final byte[] KEY = {0, 0, 0, 1};

  private static final ControlRow ROW =
      new ControlRow(ControlRow.State.WRITING, NOW - 1, NOW - 2, 15_000);

  @Test
  void isReadAsItWasWritten() {
    assertThat(ControlRow.decode(KEY, ROW.encode(), NOW)).isEqualTo(ROW);
  }

  @Test
  void whatNoWriterWroteIsRefused() {
    assertRefused(new byte[0]);
    assertRefused(Arrays.copyOf(ROW.encode(), 24));
    assertRefused(Arrays.copyOf(ROW.encode(), 26));
    byte[] other = ROW.encode();
    other[0] = 4;
    assertRefused(other);
  }

  /** It would count as held for as long, or show rows that are not whole. */
  @Test
  void aRowOfTheFutureIsRefused() {
    long hour = 3_600_000_000L << 12;
    ControlRow.State state = ControlRow.State.WRITING;
    for (ControlRow row :
        List.of(
            new ControlRow(state, NOW + hour, NOW, 1_000),
            new ControlRow(state, NOW, NOW + hour, 1_000),
            new ControlRow(state, Long.MIN_VALUE, NOW, 1_000),
            new ControlRow(state, NOW, -1, 1_000),
            new ControlRow(state, NOW, NOW, 3_600_001),
            new ControlRow(state, NOW, NOW, -1))) {
      assertRefused(row.encode());
    }
  }

  private static void assertRefused(byte[] value) {
    assertThatThrownBy(() -> ControlRow.decode(KEY, value, NOW))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DATA_LOSS))
        .hasMessageContaining("control row is damaged");
  }
}
