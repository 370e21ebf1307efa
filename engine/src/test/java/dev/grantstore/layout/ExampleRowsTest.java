package dev.grantstore.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.CanonicalForm;
import dev.grantstore.EntitlementRef;
import dev.grantstore.GrantQuery;
import dev.grantstore.PrincipalRef;
import dev.grantstore.codec.ExampleGrant;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.codec.ValueForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bytes of the worked example. They never change within a format version, and rfc/0001 and
 * rfc/0002 show the same.
 */
final class ExampleRowsTest {
  private static final String BY_ID_KEY = "00000007 673100";
  private static final String BY_ENTITLEMENT_KEY =
      "00000007 61707000 00 656e7400 7573657200 61010101026200 673100";
  private static final String BY_PRINCIPAL_KEY =
      "00000007 7573657200 61010101026200 61707000 00 656e7400 673100";
  private static final String REFERENCES = "0a03617070 1200 1a03656e74 220475736572 2a0461000162";
  private static final String REST =
      "3001"
          + " 3a0c 0a026532 1001 1a0475736572"
          + " 420f 0a026539 1203617070 22026539 2801"
          + " 4a07 0a0175 120200ff"
          + " 5006"
          + " 78cad6b9950d";

  /** Before the seconds of its discovery. */
  private static final String END = "5880b2b7b30d 6080cab5ee01";

  private static final String SYNC_ROW =
      "01 0807 1002 1a0466756c6c 20e0d2b9950d 30808bba950d 3880cab5ee01"
          + " 4001 4945684f77ac8d1cae 516623b612fd38438a";
  private static final String COUNTED_SYNC_ROW =
      "02 0807 1002 1a0466756c6c 20e0d2b9950d 30808bba950d 3880cab5ee01"
          + " 4001 4945684f77ac8d1cae 516623b612fd38438a 5801 bbd2c6b7";
  private static final String BY_ID_CHECKSUM = "d7e916c0";
  private static final String BY_ENTITLEMENT_CHECKSUM = "96bf50f0";
  private static final String BY_PRINCIPAL_CHECKSUM = "af07eb12";
  private static final String DIGEST = "ae1c8dac774f68458a4338fd12b62366/1";

  @ParameterizedTest
  @EnumSource(value = Keyspace.class, names = "META", mode = EnumSource.Mode.EXCLUDE)
  void keysAreGoldenBytes(Keyspace keyspace) {
    String expected =
        switch (keyspace) {
          case GRANTS, NEEDS_EXPANSION -> BY_ID_KEY;
          case BY_ENTITLEMENT -> BY_ENTITLEMENT_KEY;
          case BY_PRINCIPAL -> BY_PRINCIPAL_KEY;
          case META -> throw new AssertionError("holds no grants");
        };

    assertThat(hex(row(keyspace).key().toByteArray())).isEqualTo(packed(expected));
  }

  @ParameterizedTest
  @EnumSource(value = Keyspace.class, names = "META", mode = EnumSource.Mode.EXCLUDE)
  void valuesAreGoldenBytes(Keyspace keyspace) {
    String expected = "01" + (keyspace.referencesInValue() ? REFERENCES : "") + REST;

    assertThat(hex(row(keyspace).value().toByteArray())).isEqualTo(packed(expected));
  }

  @ParameterizedTest
  @EnumSource(value = Keyspace.class, names = "META", mode = EnumSource.Mode.EXCLUDE)
  void valuesOfGrantsThatExpireAreGoldenBytes(Keyspace keyspace) {
    String rest = REST.replace(" 78cad6b9950d", END + " 78cad6b9950d");
    String expected = "01" + (keyspace.referencesInValue() ? REFERENCES : "") + rest;
    Rows.Row row = Rows.of(ExampleGrant.ENDING, keyspace, ExampleGrant.SYNC);

    assertThat(hex(row.value().toByteArray())).isEqualTo(packed(expected));
  }

  @ParameterizedTest
  @EnumSource(value = Keyspace.class, names = "META", mode = EnumSource.Mode.EXCLUDE)
  void valuesWithChecksumsAreGoldenBytes(Keyspace keyspace) {
    String checksum =
        switch (keyspace) {
          case GRANTS, NEEDS_EXPANSION -> BY_ID_CHECKSUM;
          case BY_ENTITLEMENT -> BY_ENTITLEMENT_CHECKSUM;
          case BY_PRINCIPAL -> BY_PRINCIPAL_CHECKSUM;
          case META -> throw new AssertionError("holds no grants");
        };
    String expected = "02" + (keyspace.referencesInValue() ? REFERENCES : "") + REST + checksum;
    Rows.Row row = Rows.of(ValueForm.CHECKED, ExampleGrant.GRANT, keyspace, ExampleGrant.SYNC);

    assertThat(hex(row.value().toByteArray())).isEqualTo(packed(expected));
  }

  @ParameterizedTest
  @EnumSource(value = Keyspace.class, names = "META", mode = EnumSource.Mode.EXCLUDE)
  void goldenRowsDecode(Keyspace keyspace) throws MalformedBytesException {
    byte[] key = row(keyspace).key().toByteArray();
    byte[] value = row(keyspace).value().toByteArray();
    RowReader reader = new RowReader(keyspace);
    reader.read(key, key.length, value, value.length);

    assertThat(reader.grant()).isEqualTo(ExampleGrant.GRANT);
  }

  @Test
  void prefixesAreGoldenBytes() {
    PrincipalRef who = ExampleGrant.GRANT.principal();
    EntitlementRef what = ExampleGrant.GRANT.entitlement();

    assertThat(prefix(new GrantQuery.Scan("s1"))).isEqualTo("00000007");
    assertThat(prefix(new GrantQuery.NeedingExpansion("s1"))).isEqualTo("00000007");
    assertThat(prefix(new GrantQuery.ByEntitlement("s1", what)))
        .isEqualTo(packed("00000007 61707000 00 656e7400"));
    assertThat(prefix(new GrantQuery.ByEntitlementResource("s1", "app", "")))
        .isEqualTo(packed("00000007 61707000 00"));
    assertThat(prefix(new GrantQuery.ByPrincipal("s1", who)))
        .isEqualTo(packed("00000007 7573657200 61010101026200"));
  }

  @Test
  void metaRowsAreGoldenBytes() throws MalformedBytesException {
    assertThat(hex(MetaKeys.commit())).isEqualTo("636f6d6d697400");
    assertThat(hex(MetaKeys.nextSync())).isEqualTo("6e6578742d73796e6300");
    assertThat(hex(MetaKeys.syncPrefix())).isEqualTo("73796e6300");
    assertThat(hex(MetaKeys.sync("s1"))).isEqualTo("73796e6300" + "733100");
    assertThat(hex(ExampleGrant.SYNC_ROW.encode())).isEqualTo(packed(SYNC_ROW));
    assertThat(SyncRow.decode("s1", HexFormat.of().parseHex(packed(SYNC_ROW))))
        .isEqualTo(ExampleGrant.SYNC_ROW);
    SyncRow counted = ExampleGrant.COUNTED_SYNC_ROW;
    assertThat(hex(counted.encode())).isEqualTo(packed(COUNTED_SYNC_ROW));
    assertThat(SyncRow.decode("s1", counted.encode())).isEqualTo(counted);
  }

  @Test
  void theDigestIsGolden() {
    assertThat(ExampleGrant.SYNC_ROW.content()).hasToString(DIGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        BY_ID_KEY,
        BY_ENTITLEMENT_KEY,
        BY_PRINCIPAL_KEY,
        REFERENCES,
        REST,
        SYNC_ROW,
        COUNTED_SYNC_ROW,
        BY_ID_CHECKSUM,
        BY_ENTITLEMENT_CHECKSUM,
        BY_PRINCIPAL_CHECKSUM,
        "636f6d6d697400",
        "6e6578742d73796e6300",
        "73796e6300 733100",
        "61707000 00 656e7400",
      })
  void theKeysRfcShowsTheseBytes(String hex) throws IOException {
    assertThat(rfc("0002-keys-and-records.md")).contains(packed(hex));
  }

  @Test
  void theContractRfcShowsFormAndDigest() throws IOException {
    CanonicalForm form = new CanonicalForm();
    form.encode(ExampleGrant.GRANT);

    assertThat(rfc("0001-store-contract.md"))
        .contains(HexFormat.of().formatHex(form.array(), 0, form.length()))
        .contains(DIGEST);
  }

  /** Without white space and comments, so that the bytes of one row stand together. */
  private static String rfc(String name) throws IOException {
    Path folder = Path.of(System.getProperty("basedir", "engine")).resolveSibling("rfc");
    String text = Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
    return packed(text.replaceAll("(?m) +#.*$", ""));
  }

  private static String packed(String hex) {
    return hex.replaceAll("\\s", "");
  }

  private static Rows.Row row(Keyspace keyspace) {
    return Rows.of(ExampleGrant.GRANT, keyspace, ExampleGrant.SYNC);
  }

  private static String prefix(GrantQuery query) {
    TupleWriter out = new TupleWriter();
    KeyPrefix.write(query, ExampleGrant.SYNC, out);
    return hex(out.toByteArray());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
