package dev.grantstore.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Bytes;
import dev.grantstore.ContentDigest;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.proto.SyncRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SyncRowTest {
  private static final SyncRow OPEN =
      new SyncRow(1, SyncRun.open("s", "", Instant.EPOCH), ContentDigest.EMPTY, false);
  private static final SyncRow COUNTED = ExampleGrant.COUNTED_SYNC_ROW;
  private static final Bytes TOKEN = Bytes.copyOf(new byte[] {'p', '2'});

  /** Of a sync that was begun in an older format. */
  private static final SyncRow RESUMABLE = OPEN.resumingAt(TOKEN);

  private static final SyncRow COUNTED_RESUMABLE =
      new SyncRow(1, OPEN.run(), ContentDigest.EMPTY, false, 0, Optional.empty()).resumingAt(TOKEN);

  @Test
  void anOpenRowIsGoldenBytes() {
    assertThat(HexFormat.of().formatHex(OPEN.encode()))
        .isEqualTo("01" + "0801" + "1001" + "510000000000000000");
  }

  @Test
  void aLoadingRowIsNotVisible() throws MalformedBytesException {
    SyncRow loading = new SyncRow(1, OPEN.run(), ContentDigest.EMPTY, true);
    SyncRow read = SyncRow.decode("s", loading.encode());

    assertThat(read).isEqualTo(loading);
    assertThat(read.visible()).isEmpty();
    assertThat(OPEN.visible()).contains(OPEN.run());
  }

  @Test
  void whatComesToARowIsAddedAndWhatWasNotCountedStaysSo() {
    ContentDigest more = new ContentDigest(3, 4, 5);
    SyncRow counted = new SyncRow(1, OPEN.run(), ContentDigest.EMPTY, false, 0, Optional.empty());

    assertThat(OPEN.plus(more, 2)).isEqualTo(new SyncRow(1, OPEN.run(), more, false));
    assertThat(counted.plus(more, 2))
        .isEqualTo(new SyncRow(1, OPEN.run(), more, false, 2, Optional.empty()));
    assertThat(counted.plus(more, 2).plus(new ContentDigest(-1, 0, 0), -1).needingExpansion())
        .isEqualTo(1);
  }

  @Test
  void aCountedRowIsGoldenBytes() throws MalformedBytesException {
    SyncRow row = new SyncRow(1, OPEN.run(), ContentDigest.EMPTY, false, 0, Optional.empty());
    byte[] value = row.encode();

    assertThat(HexFormat.of().formatHex(value))
        .isEqualTo("02" + "0801" + "1001" + "510000000000000000" + "5800" + "4874e943");
    assertThat(SyncRow.decode("s", value)).isEqualTo(row);
    assertThatThrownBy(() -> SyncRow.decode("t", value))
        .isInstanceOf(MalformedBytesException.class);
  }

  /** The golden bytes of rfc/0002, and those of a row without a count. */
  @Test
  void aRowWithAResumeTokenIsGoldenBytes() throws MalformedBytesException {
    assertThat(HexFormat.of().formatHex(RESUMABLE.encode()))
        .isEqualTo("03" + "0801" + "1001" + "510000000000000000" + "6a027032" + "45c9c18a");
    assertThat(HexFormat.of().formatHex(COUNTED_RESUMABLE.encode()))
        .isEqualTo(
            "03" + "0801" + "1001" + "510000000000000000" + "5800" + "6a027032" + "99fc1759");
    SyncRow empty = COUNTED_RESUMABLE.resumingAt(Bytes.EMPTY);
    for (SyncRow row : new SyncRow[] {RESUMABLE, COUNTED_RESUMABLE, empty}) {
      assertThat(SyncRow.decode("s", row.encode())).isEqualTo(row);
    }
    byte[] value = RESUMABLE.encode();
    assertThatThrownBy(() -> SyncRow.decode("t", value))
        .isInstanceOf(MalformedBytesException.class);
  }

  @Test
  void aTokenComesAndGoesWithItsRow() {
    ContentDigest more = new ContentDigest(3, 4, 5);

    assertThat(COUNTED_RESUMABLE.plus(more, 1).run().resumeToken()).contains(TOKEN);
    SyncRow sealed = COUNTED_RESUMABLE.sealed(Instant.EPOCH, more, 1, Optional.empty());
    assertThat(sealed.run().resumeToken()).isEmpty();
    assertThat(sealed.encode()[0]).isEqualTo((byte) 2);
    assertThatThrownBy(() -> new SyncRow(1, RESUMABLE.run(), ContentDigest.EMPTY, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A number, a type or a time that another bit makes of it would be believed. */
  @Test
  void aFlippedBitOfACountedRowIsRefused() {
    for (SyncRow row : new SyncRow[] {COUNTED, RESUMABLE, COUNTED_RESUMABLE}) {
      byte[] value = row.encode();
      for (int bit = 0; bit < value.length * Byte.SIZE; bit++) {
        byte[] damaged = value.clone();
        damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        assertRefused(damaged);
      }
    }
  }

  /** Neither form is taken for the other when only the version says which it is. */
  @Test
  void aRowWithTheOthersVersionIsRefused() {
    for (SyncRow row : new SyncRow[] {OPEN, COUNTED, ExampleGrant.SYNC_ROW, RESUMABLE}) {
      byte[] value = row.encode();
      for (byte version = 0; version < 5; version++) {
        byte[] other = value.clone();
        other[0] = version;
        if (version != value[0]) {
          assertRefused(other);
        }
      }
    }
  }

  @Test
  void everyTruncationIsRefused() {
    for (SyncRow row : new SyncRow[] {OPEN, COUNTED, ExampleGrant.SYNC_ROW, COUNTED_RESUMABLE}) {
      byte[] value = row.encode();
      for (int length = 0; length < value.length; length++) {
        assertRefused(Arrays.copyOf(value, length));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "00 0801 1001 510000000000000000",
    "03 0801 1001 510000000000000000",
    "02",
    "02 00000000",
    "02 0801 1001 510000000000000000",
    "02 0801 1001 510000000000000000 00000000",
    "02 0801 1001 510000000000000000 5800 00000000",
    "01 0801 1001 510000000000000000 5800",
    // no state, an unknown state
    "01 0801 510000000000000000",
    "01 0801 1004 510000000000000000",
    // unknown fields, trailing bytes
    "01 0801 1001 510000000000000000 5801",
    "01 0801 1001 510000000000000000 00",
    // out of order, twice, longer than need be
    "01 1001 0801 510000000000000000",
    "01 0801 0801 1001 510000000000000000",
    "01 088100 1001 510000000000000000",
    // a type that is not UTF-8
    "01 0801 1001 1a01ff 510000000000000000",
    // seconds that no instant has
    "01 0801 1001 20feffffffffffffffff01 510000000000000000",
    "01 0801 1001 20ffffffffffffffffff01 510000000000000000",
    // nanoseconds over a second, and negative ones that overflow the seconds
    "01 0801 1001 28 8094ebdc03 510000000000000000",
    "01 0801 1001 20ffffffffffffffffff01 28ffffffff0f 510000000000000000",
    // an end or a digest half that the state does not have
    "01 0801 1001 3002 510000000000000000",
    // a resume token in a version that has none
    "01 0801 1001 510000000000000000 6a0170",
  })
  void malformedRowsAreRefused(String hex) {
    assertRefused(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  @Test
  void anEmptySyncIdIsRefused() {
    assertThatThrownBy(() -> SyncRow.decode("", OPEN.encode()))
        .isInstanceOf(MalformedBytesException.class);
  }

  @Test
  void theBytesAreThoseOfTheGeneratedClass() throws Exception {
    byte[] value = ExampleGrant.SYNC_ROW.encode();
    SyncRecord record = SyncRecord.parseFrom(Arrays.copyOfRange(value, 1, value.length));

    assertThat(record.getNumber()).isEqualTo(7);
    assertThat(record.getState()).isEqualTo(SyncRecord.State.STATE_SEALED);
    assertThat(record.getType()).isEqualTo("full");
    assertThat(record.getGrants()).isEqualTo(1);
    assertThat(record.getEndedNanos()).isEqualTo(500_000_000);
  }

  private static void assertRefused(byte[] value) {
    assertThatThrownBy(() -> SyncRow.decode("s", value))
        .isInstanceOf(MalformedBytesException.class);
  }
}
