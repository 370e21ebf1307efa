package dev.grantstore.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordReaderTest {
  private static final Grant SMALL =
      Grant.of("g", new EntitlementRef("t", "", "e"), new PrincipalRef("", "p"), Instant.EPOCH);

  @Test
  void theSmallestValuesAreGoldenBytes() {
    assertThat(hex(Records.encode(SMALL, false))).isEqualTo("017800");
    assertThat(hex(Records.encode(SMALL, true)))
        .isEqualTo("01" + "0a0174" + "1200" + "1a0165" + "2200" + "2a0170" + "7800");
  }

  @ParameterizedTest
  @CsvSource({
    "-62135596800.0,           01 78ffdb8ff9ce03",
    "-1.999999999,             01 50ff93ebdc03 7801",
    "0.0,                      01 7800",
    "1.1,                      01 5001 7802",
    "31556889864403199.999999999, 01 50ff93ebdc03 78fee3aba9dfb48e70",
    "-31557014167219200.0,     01 78ffafdfb9fdbb8e70",
  })
  void instantsAreGoldenBytes(String secondsAndNanos, String hex) throws MalformedBytesException {
    String[] parts = secondsAndNanos.split("\\.", -1);
    Instant at = Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    Grant grant = Grant.of("g", SMALL.entitlement(), SMALL.principal(), at);
    byte[] value = parse(hex);

    assertThat(hex(Records.encode(grant, false))).isEqualTo(hex(value));
    assertThat(Records.decode(value, grant, false)).isEqualTo(grant);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                 value is empty: offset=0",
    "00 7800,            value has an unknown version: offset=1",
    "02 7800,            value has an unknown version: offset=1",
    "ff 7800,            value has an unknown version: offset=1",
    "01,                 value is cut off: offset=1",
    "01 78,              value is cut off: offset=2",
    "01 7880,            value is cut off: offset=3",
    "01 3001,            value is cut off: offset=3",
    "01 4a05 0000 7800,  value is cut off: offset=3",
    "01 4aff ffffff07,   value is cut off: offset=7",
    // a count that is negative as a 64-bit number
    "01 4aff ffffffffffffffff01, value is cut off: offset=12",
    "01 7800 00,         fields are out of order: offset=4",
    "01 7800 7800,       fields are out of order: offset=4",
    "01 7800 3001,       fields are out of order: offset=4",
    "01 5001 3001 7800,  fields are out of order: offset=4",
    "01 4a00 4200 7800,  fields are out of order: offset=4",
    "01 00 7800,         unknown field: offset=2",
    "01 0a00 7800,       unknown field: offset=2",
    "01 5a00 7800,       unknown field: offset=2",
    "01 6801 7800,       unknown field: offset=2",
    // the nanoseconds of an end that is not there
    "01 6001 7800,       unknown field: offset=2",
    "01 6001 5801 7800,  unknown field: offset=2",
    "01 5801,            value is cut off: offset=3",
    "01 5801 6080 94ebdc03 7800, nanoseconds are out of range: offset=9",
    "01 5801 5801 7800,  fields are out of order: offset=4",
    "01 5801 5001 7800,  fields are out of order: offset=4",
    "01 7001 7800,       unknown field: offset=2",
    "01 800100 7800,     unknown field: offset=3",
    // field 15 as bytes, field 9 as a number, field 8 as a group
    "01 7a00,            unknown field: offset=2",
    "01 4800 7800,       unknown field: offset=2",
    "01 43 44 7800,      unknown field: offset=2",
    "01 7880808080808080808080 00, number is too long: offset=12",
    "01 5080 94ebdc03 7800, nanoseconds are out of range: offset=7",
    "01 50ff ffffffffffffffff01 7800, nanoseconds are out of range: offset=12",
    // fields that may stand once
    "01 3001 3001 7800,  fields are out of order: offset=4",
    "01 3a00 3a00 7800,  fields are out of order: offset=4",
    "01 5001 5001 7800,  fields are out of order: offset=4",
    // field 15 in the lower bits of a tag that is not field 15
    "01 f880808080 01 00, unknown field: offset=7",
  })
  void malformedValuesAreRefusedWithTheOffset(String hex, String message) {
    assertThatThrownBy(() -> Records.decode(parse(hex), SMALL, false))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "01 7800",
    "01 0a00 1200 1a00 2200 7800",
    "01 0a00 1200 1a00 2200 3001 7800",
    "01 1200 0a00 1a00 2200 2a00 7800",
    "01 0a00 0a00 1200 1a00 2200 2a00 7800",
    "01 0a00 1200 1a00 2200 2a00 2a00 7800",
    "01 0a00 1200 1a00 2200 2a05 7800",
    "01 0a00 1200 1a00 2200 2800 7800",
  })
  void aMissingOrMisplacedReferenceIsRefused(String hex) {
    assertThatThrownBy(() -> Records.decode(parse(hex), SMALL, true))
        .isInstanceOf(MalformedBytesException.class);
  }

  @ParameterizedTest
  @CsvSource({
    // inside of expansion, source, annotation: an unknown field, a cut field, text that is not
    // UTF-8
    "01 3a02 2001 7800",
    "01 3a01 0a 7800",
    "01 3a03 0a01ff 7800",
    "01 4202 3001 7800",
    "01 4202 0a05 7800",
    "01 4203 0a01ff 7800",
    "01 4a02 1801 7800",
    "01 4a02 1205 7800",
    "01 4a03 0a01ff 7800",
    // the same source twice
    "01 4203 0a0173 4203 0a0173 7800",
    // a time that no instant has
    "01 78ffffffffffffffffff01",
    "01 4a00 78ffffffffffffffffff01",
    "01 58ffffffffffffffffff01 7800",
  })
  void contentThatIsNoGrantIsRefused(String hex) {
    assertThatThrownBy(() -> Records.decode(parse(hex), SMALL, false))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageStartingWith("value is not a grant");
  }

  @ParameterizedTest
  @CsvSource({"ff", "c3", "c0af", "eda080", "f4908080", "efbfbdff"})
  void anIdThatIsNotUtf8IsRefused(String id) {
    String value =
        String.format(Locale.ROOT, "01 0a00 1200 1a00 2200 2a%02x %s 7800", id.length() / 2, id);

    assertThatThrownBy(() -> Records.decode(parse(value), SMALL, true))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("id is not UTF-8: PRINCIPAL_ID");
  }

  @Test
  void theReplacementCharacterIsAnIdLikeAnyOther() throws MalformedBytesException {
    byte[] value = parse("01 0a00 1200 1a00 2200 2a03efbfbd 7800");

    assertThat(Records.decode(value, SMALL, true).principal().resourceId()).isEqualTo("\ufffd");
  }

  @Test
  void aReaderForgetsTheValueBefore() throws MalformedBytesException {
    RecordReader reader = new RecordReader();
    dev.grantstore.Utf8View[] none = new dev.grantstore.Utf8View[0];
    byte[] full = Records.encode(ExampleGrant.GRANT, false);
    byte[] small = Records.encode(SMALL, false);
    reader.read(full, 0, full.length, none, false);
    assertThat(reader.needsExpansion()).isTrue();
    reader.read(small, 0, small.length, none, false);

    assertThat(reader.needsExpansion()).isFalse();
    assertThat(reader.discoveredNanos()).isZero();
    assertThat(reader.discoveredSeconds()).isZero();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] parse(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
