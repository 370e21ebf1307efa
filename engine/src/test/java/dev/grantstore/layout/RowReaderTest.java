package dev.grantstore.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.codec.ExampleGrant;
import dev.grantstore.codec.MalformedBytesException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RowReaderTest {
  private static final byte[] SMALLEST_WITHOUT_REFERENCES = parse("01 7800");

  @ParameterizedTest
  @EnumSource(value = Keyspace.class, names = "META", mode = EnumSource.Mode.EXCLUDE)
  void everyProperPrefixOfAKeyIsRefused(Keyspace keyspace) {
    byte[] key = key(keyspace);
    for (int length = 0; length < key.length; length++) {
      assertRefused(keyspace, Arrays.copyOf(key, length), value(keyspace));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Keyspace.class, names = "META", mode = EnumSource.Mode.EXCLUDE)
  void aLongerKeyIsRefused(Keyspace keyspace) {
    byte[] key = key(keyspace);

    assertRefused(keyspace, Arrays.copyOf(key, key.length + 1), value(keyspace));
  }

  @ParameterizedTest
  @EnumSource(value = Keyspace.class, names = "META", mode = EnumSource.Mode.EXCLUDE)
  void everyProperPrefixOfAValueIsRefused(Keyspace keyspace) {
    byte[] value = value(keyspace);
    for (int length = 0; length < value.length; length++) {
      assertRefused(keyspace, key(keyspace), Arrays.copyOf(value, length));
    }
  }

  @Test
  void aValueOfTheOtherKindIsRefused() {
    assertRefused(Keyspace.GRANTS, key(Keyspace.GRANTS), value(Keyspace.BY_PRINCIPAL));
    assertRefused(Keyspace.GRANTS, key(Keyspace.GRANTS), SMALLEST_WITHOUT_REFERENCES);
    assertRefused(Keyspace.BY_PRINCIPAL, key(Keyspace.BY_PRINCIPAL), value(Keyspace.GRANTS));
  }

  @Test
  void aKeyOfAnotherShapeIsRefused() {
    assertRefused(Keyspace.GRANTS, key(Keyspace.BY_PRINCIPAL), value(Keyspace.GRANTS));
    assertRefused(Keyspace.BY_PRINCIPAL, key(Keyspace.GRANTS), SMALLEST_WITHOUT_REFERENCES);
  }

  @Test
  void anEmptyGrantIdIsNoGrant() throws MalformedBytesException {
    RowReader reader = new RowReader(Keyspace.BY_PRINCIPAL);
    byte[] key = parse("00000007 00 00 00 00 00 00");
    reader.read(key, key.length, SMALLEST_WITHOUT_REFERENCES, 3);

    assertThatThrownBy(reader::grant)
        .isInstanceOf(MalformedBytesException.class)
        .hasMessage("value is not a grant: grant id is empty");
  }

  @Test
  void anIdInAKeyThatIsNotUtf8IsNoGrant() throws MalformedBytesException {
    RowReader reader = new RowReader(Keyspace.BY_PRINCIPAL);
    byte[] key = parse("00000007 ff00 00 00 00 00 6700");
    reader.read(key, key.length, SMALLEST_WITHOUT_REFERENCES, 3);

    assertThatThrownBy(reader::grant)
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("PRINCIPAL_TYPE");
  }

  @Test
  void bytesBehindKeyAndValueAreNotRead() throws MalformedBytesException {
    RowReader reader = new RowReader(Keyspace.GRANTS);
    byte[] key = key(Keyspace.GRANTS);
    byte[] value = value(Keyspace.GRANTS);
    reader.read(
        Arrays.copyOf(key, key.length + 64),
        key.length,
        Arrays.copyOf(value, value.length + 64),
        value.length);

    assertThat(reader.grant()).isEqualTo(ExampleGrant.GRANT);
  }

  private static void assertRefused(Keyspace keyspace, byte[] key, byte[] value) {
    assertThatThrownBy(() -> new RowReader(keyspace).read(key, key.length, value, value.length))
        .isInstanceOf(MalformedBytesException.class);
  }

  private static byte[] key(Keyspace keyspace) {
    return Rows.of(ExampleGrant.GRANT, keyspace, 7).key().toByteArray();
  }

  private static byte[] value(Keyspace keyspace) {
    return Rows.of(ExampleGrant.GRANT, keyspace, 7).value().toByteArray();
  }

  private static byte[] parse(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
