package dev.grantstore.microtests.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.grantstore.CanonicalForm;
import dev.grantstore.Grant;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.fixture.generate.GrantGenerator;
import dev.grantstore.fixture.spec.FixtureSpec;
import dev.grantstore.fixture.spec.FixtureSpec.IdStyle;
import dev.grantstore.fixture.spec.FixtureSpec.Shape;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class EncodingKindProperties {
  private static final int GRANTS = 20_000;
  private static final long FIRST_MEASURED = 2_000;

  private static final GrantGenerator GENERATOR =
      GrantGenerator.of(
          FixtureSpec.reference(GRANTS, 50, 1_000, 3)
              .withShape(Shape.ENTERPRISE)
              .withPayload(0.3, 2, 20)
              .withIdStyle(IdStyle.HASHED));

  private static final Dictionaries DICTIONARIES =
      Dictionaries.train(LongStream.range(0, FIRST_MEASURED).mapToObj(GENERATOR::grant).toList());

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void everyEncodingBringsBackTheGrantInEveryKeyspace(
      @ForAll @LongRange(min = FIRST_MEASURED, max = GRANTS - 1) long row,
      @ForAll EncodingKind kind,
      @ForAll("ofGrants") Keyspace keyspace)
      throws MalformedBytesException {
    Grant grant = GENERATOR.grant(row);
    try (GrantEncoding encoding = kind.open(DICTIONARIES)) {
      assertThat(encoding.decode(keyspace, key(grant, keyspace), value(encoding, grant, keyspace)))
          .isEqualTo(grant);
    }
  }

  @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
  void jsonAndEngineRecordsRefuseEveryCutCompressedOrNot(
      @ForAll @LongRange(min = FIRST_MEASURED, max = GRANTS - 1) long row,
      @ForAll("ofGrants") Keyspace keyspace) {
    Grant grant = GENERATOR.grant(row);
    for (EncodingKind kind :
        List.of(
            EncodingKind.JSON,
            EncodingKind.TRIMMED,
            EncodingKind.TRIMMED_ZSTD,
            EncodingKind.TRIMMED_ZSTD_DICTIONARY)) {
      try (GrantEncoding encoding = kind.open(DICTIONARIES)) {
        byte[] value = value(encoding, grant, keyspace);
        for (int length = 0; length < value.length; length++) {
          try {
            encoding.decode(keyspace, key(grant, keyspace), Arrays.copyOf(value, length));
            fail("cut value decodes: kind=%s length=%d", kind, length);
          } catch (MalformedBytesException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
          }
        }
      }
    }
  }

  /**
   * Why records are not plain messages; were it refused, the column in the table would be wrong.
   */
  @Test
  void plainMessageCutBetweenFieldsIsReadAsAnotherGrant() throws MalformedBytesException {
    Grant grant = GENERATOR.grant(FIRST_MEASURED);
    try (GrantEncoding encoding = EncodingKind.PROTOBUF.open(DICTIONARIES)) {
      byte[] whole = value(encoding, grant, Keyspace.GRANTS);
      int accepted = 0;
      for (int length = 0; length < whole.length; length++) {
        try {
          Grant read = encoding.decode(Keyspace.GRANTS, new byte[0], Arrays.copyOf(whole, length));
          assertThat(read).isNotEqualTo(grant);
          accepted++;
        } catch (MalformedBytesException refused) {
          assertThat(refused.getMessage()).isNotEmpty();
        }
      }
      assertThat(accepted).isPositive();
    }
  }

  @Test
  void tooFewGrantsToTrainOnAreRefused() {
    assertThatThrownBy(() -> Dictionaries.train(List.of(GENERATOR.grant(0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows=1");
  }

  @Provide
  Arbitrary<Keyspace> ofGrants() {
    return Arbitraries.of(Keyspace.OF_GRANTS);
  }

  private static byte[] value(GrantEncoding encoding, Grant grant, Keyspace keyspace) {
    int length = encoding.encode(grant, keyspace);
    return Arrays.copyOf(encoding.array(), length);
  }

  private static byte[] key(Grant grant, Keyspace keyspace) {
    CanonicalForm form = new CanonicalForm();
    form.encode(grant);
    RowWriter rows = new RowWriter();
    rows.grant(grant, form);
    rows.row(keyspace, 0);
    return rows.key().toByteArray();
  }
}
