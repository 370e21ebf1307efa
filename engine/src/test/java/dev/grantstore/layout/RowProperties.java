package dev.grantstore.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.CanonicalForm;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.IdField;
import dev.grantstore.Ids;
import dev.grantstore.PrincipalRef;
import dev.grantstore.codec.GrantArbitraries;
import dev.grantstore.codec.MalformedBytesException;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class RowProperties {
  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void everyKeyspaceHoldsTheWholeGrant(
      @ForAll("grants") Grant grant, @ForAll("ofGrants") Keyspace keyspace, @ForAll int sync)
      throws MalformedBytesException {
    RowReader reader = new RowReader(keyspace);
    read(reader, Rows.of(grant, keyspace, sync));

    assertThat(reader.grant()).isEqualTo(grant);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void idsAreSeenWithoutBuildingTheGrant(
      @ForAll("grants") Grant grant, @ForAll("ofGrants") Keyspace keyspace)
      throws MalformedBytesException {
    RowReader reader = new RowReader(keyspace);
    read(reader, Rows.of(grant, keyspace, 1));

    for (IdField field : IdField.values()) {
      assertThat(reader.id(field).toString()).isEqualTo(id(grant, field));
    }
    assertThat(reader.record().needsExpansion()).isEqualTo(grant.needsExpansion());
    assertThat(
            Instant.ofEpochSecond(
                reader.record().discoveredSeconds(), reader.record().discoveredNanos()))
        .isEqualTo(grant.discoveredAt());
    assertThat(reader.record().hasExpiry()).isEqualTo(grant.expiresAt().isPresent());
    assertThat(
            Instant.ofEpochSecond(reader.record().expiresSeconds(), reader.record().expiresNanos()))
        .isEqualTo(grant.expiresAt().orElse(Instant.EPOCH));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void writerAndReaderAreUsedAgainWithoutTraces(
      @ForAll("grants") Grant first,
      @ForAll("grants") Grant second,
      @ForAll("ofGrants") Keyspace keyspace)
      throws MalformedBytesException {
    RowWriter writer = new RowWriter();
    RowReader reader = new RowReader(keyspace);
    CanonicalForm form = new CanonicalForm();
    for (Grant grant : List.of(first, second)) {
      form.encode(grant);
      writer.grant(grant, form);
      writer.row(keyspace, 3);
      reader.read(
          writer.key().array(),
          writer.key().length(),
          writer.value().array(),
          writer.value().length());

      assertThat(reader.grant()).isEqualTo(grant);
    }
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void keysAreOrderedAsTheKeyspaceSays(
      @ForAll("collidingGrants") Grant a,
      @ForAll("collidingGrants") Grant b,
      @ForAll("ofGrants") Keyspace in) {
    int expected = 0;
    for (IdField field : in.keyOrder()) {
      expected = expected != 0 ? expected : Ids.ORDER.compare(id(a, field), id(b, field));
    }
    int order = Rows.of(a, in, 9).key().compareTo(Rows.of(b, in, 9).key());

    assertThat(Integer.signum(order)).isEqualTo(Integer.signum(expected));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void syncsDoNotMix(
      @ForAll("grants") Grant a,
      @ForAll("grants") Grant b,
      @ForAll("ofGrants") Keyspace in,
      @ForAll int syncA,
      @ForAll int syncB) {
    int order = Rows.of(a, in, syncA).key().compareTo(Rows.of(b, in, syncB).key());

    if (syncA != syncB) {
      assertThat(Integer.signum(order))
          .isEqualTo(Integer.signum(Integer.compareUnsigned(syncA, syncB)));
    }
  }

  @Provide
  Arbitrary<Grant> grants() {
    return GrantArbitraries.grants();
  }

  @Provide
  Arbitrary<Keyspace> ofGrants() {
    return Arbitraries.of(Keyspace.OF_GRANTS);
  }

  @Provide
  Arbitrary<Grant> collidingGrants() {
    return GrantArbitraries.grants(GrantArbitraries.fewIds());
  }

  private static void read(RowReader reader, Rows.Row row) throws MalformedBytesException {
    byte[] key = row.key().toByteArray();
    byte[] value = row.value().toByteArray();
    reader.read(key, key.length, value, value.length);
  }

  private static String id(Grant grant, IdField field) {
    EntitlementRef entitlement = grant.entitlement();
    PrincipalRef principal = grant.principal();
    return switch (field) {
      case GRANT_ID -> grant.id();
      case ENTITLEMENT_TYPE -> entitlement.resourceTypeId();
      case ENTITLEMENT_RESOURCE -> entitlement.resourceId();
      case ENTITLEMENT_ID -> entitlement.entitlementId();
      case PRINCIPAL_TYPE -> principal.resourceTypeId();
      case PRINCIPAL_ID -> principal.resourceId();
    };
  }
}
