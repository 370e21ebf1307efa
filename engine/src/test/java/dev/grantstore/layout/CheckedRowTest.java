package dev.grantstore.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.CanonicalForm;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import dev.grantstore.codec.ExampleGrant;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.ValueForm;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows with a checksum: no bit of key or value can change without being told. */
final class CheckedRowTest {
  private static final Grant SMALLEST =
      Grant.of("g", new EntitlementRef("", "", ""), new PrincipalRef("", ""), Instant.EPOCH);

  static Stream<Arguments> rows() {
    return Stream.of(ExampleGrant.GRANT, SMALLEST)
        .flatMap(grant -> Keyspace.OF_GRANTS.stream().map(in -> Arguments.of(in, grant)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void comeBack(Keyspace keyspace, Grant grant) throws MalformedBytesException {
    Rows.Row row = Rows.of(ValueForm.CHECKED, grant, keyspace, 7);
    byte[] value = row.value().toByteArray();
    byte[] plain = Rows.of(grant, keyspace, 7).value().toByteArray();

    assertThat(value).startsWith(2).hasSize(plain.length + 4);
    assertThat(Arrays.copyOfRange(value, 1, plain.length))
        .isEqualTo(Arrays.copyOfRange(plain, 1, plain.length));
    assertThat(read(keyspace, row.key().toByteArray(), value)).isEqualTo(grant);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aFlippedBitOfKeyOrValueIsRefused(Keyspace keyspace, Grant grant) {
    Rows.Row row = Rows.of(ValueForm.CHECKED, grant, keyspace, 7);
    byte[] key = row.key().toByteArray();
    byte[] value = row.value().toByteArray();
    for (byte[] flipped : List.of(key, value)) {
      for (int bit = 0; bit < flipped.length * Byte.SIZE; bit++) {
        byte mask = (byte) (1 << bit % Byte.SIZE);
        flipped[bit / Byte.SIZE] ^= mask;
        assertRefused(keyspace, key, value);
        flipped[bit / Byte.SIZE] ^= mask;
      }
    }
  }

  /** What is not checked must not pass for what is: then the checksum is a tail, and refused. */
  @ParameterizedTest
  @MethodSource("rows")
  void theVersionAloneTakesNoChecksumAway(Keyspace keyspace, Grant grant) {
    Rows.Row row = Rows.of(ValueForm.CHECKED, grant, keyspace, 7);
    byte[] value = row.value().toByteArray();
    for (int checksum : List.of(0, 1, 0x78, 0x0178, 0x7f, -1, 0x00_00_00_78)) {
      value[0] = 1;
      for (int i = 0; i < 4; i++) {
        value[value.length - 4 + i] = (byte) (checksum >>> (8 * i));
      }
      assertRefused(keyspace, row.key().toByteArray(), value);
    }
    byte[] plain = Rows.of(grant, keyspace, 7).value().toByteArray();
    plain[0] = 2;
    assertRefused(keyspace, row.key().toByteArray(), plain);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aValueThatWasCutIsRefused(Keyspace keyspace, Grant grant) {
    Rows.Row row = Rows.of(ValueForm.CHECKED, grant, keyspace, 7);
    byte[] value = row.value().toByteArray();
    for (int length = 0; length < value.length; length++) {
      assertRefused(keyspace, row.key().toByteArray(), Arrays.copyOf(value, length));
    }
  }

  /** A row that a damaged page shows in another's place. */
  @Test
  void theValueOfAnotherKeyIsRefused() {
    Rows.Row row = Rows.of(ValueForm.CHECKED, SMALLEST, Keyspace.GRANTS, 7);
    for (int sync : List.of(6, 8)) {
      byte[] key = Rows.of(SMALLEST, Keyspace.GRANTS, sync).key().toByteArray();
      assertRefused(Keyspace.GRANTS, key, row.value().toByteArray());
    }
  }

  @Test
  void oneWriterMakesTheRowsOfManyGrants() throws MalformedBytesException {
    RowWriter writer = new RowWriter(ValueForm.CHECKED);
    CanonicalForm form = new CanonicalForm();
    for (Grant grant : List.of(ExampleGrant.GRANT, SMALLEST, ExampleGrant.GRANT)) {
      form.encode(grant);
      writer.grant(grant, form);
      for (int sync : List.of(1, 2)) {
        for (Keyspace keyspace : Keyspace.OF_GRANTS) {
          writer.row(keyspace, sync);
          byte[] key = Rows.key(writer.key()).toByteArray();
          byte[] value = Arrays.copyOf(writer.value().array(), writer.value().length());
          assertThat(read(keyspace, key, value)).isEqualTo(grant);
        }
      }
    }
  }

  private static void assertRefused(Keyspace keyspace, byte[] key, byte[] value) {
    assertThatThrownBy(() -> read(keyspace, key, value))
        .isInstanceOf(MalformedBytesException.class);
  }

  private static Grant read(Keyspace keyspace, byte[] key, byte[] value)
      throws MalformedBytesException {
    RowReader reader = new RowReader(keyspace);
    reader.read(key, key.length, value, value.length);
    return reader.grant();
  }
}
