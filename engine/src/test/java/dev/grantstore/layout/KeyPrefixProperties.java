package dev.grantstore.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Bytes;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.codec.GrantArbitraries;
import dev.grantstore.codec.TupleWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The prefix of a query matches the rows of that query, and no others. */
final class KeyPrefixProperties {
  private final TupleWriter out = new TupleWriter();

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void aScanMatchesItsSync(
      @ForAll("grants") List<Grant> grants, @ForAll("syncs") int sync, @ForAll("syncs") int other) {
    KeyPrefix.write(new GrantQuery.Scan("s"), sync, out);

    check(grants, Keyspace.GRANTS, other, grant -> sync == other);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void needingExpansionMatchesItsSync(
      @ForAll("grants") List<Grant> grants, @ForAll("syncs") int sync, @ForAll("syncs") int other) {
    KeyPrefix.write(new GrantQuery.NeedingExpansion("s"), sync, out);

    check(grants, Keyspace.NEEDS_EXPANSION, other, grant -> sync == other);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void byEntitlementMatchesAllThreeIds(
      @ForAll("grants") List<Grant> grants, @ForAll("grant") Grant asked) {
    KeyPrefix.write(new GrantQuery.ByEntitlement("s", asked.entitlement()), 1, out);

    check(
        grants,
        Keyspace.BY_ENTITLEMENT,
        1,
        grant -> grant.entitlement().equals(asked.entitlement()));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void byEntitlementResourceMatchesTypeAndResource(
      @ForAll("grants") List<Grant> grants, @ForAll("ids") String type, @ForAll("ids") String id) {
    KeyPrefix.write(new GrantQuery.ByEntitlementResource("s", type, id), 1, out);

    check(
        grants,
        Keyspace.BY_ENTITLEMENT,
        1,
        grant ->
            grant.entitlement().resourceTypeId().equals(type)
                && grant.entitlement().resourceId().equals(id));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void byPrincipalMatchesBothIds(
      @ForAll("grants") List<Grant> grants, @ForAll("grant") Grant asked) {
    KeyPrefix.write(new GrantQuery.ByPrincipal("s", asked.principal()), 1, out);

    check(grants, Keyspace.BY_PRINCIPAL, 1, grant -> grant.principal().equals(asked.principal()));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void holdingMatchesPrincipalAndEntitlement(
      @ForAll("grants") List<Grant> grants, @ForAll("grant") Grant asked) {
    KeyPrefix.holding(1, asked.principal(), asked.entitlement(), out);

    check(
        grants,
        Keyspace.BY_PRINCIPAL,
        1,
        grant ->
            grant.principal().equals(asked.principal())
                && grant.entitlement().equals(asked.entitlement()));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void aGrantsKeyIsItsRowsKey(@ForAll("grant") Grant grant, @ForAll("syncs") int sync) {
    KeyPrefix.grant(sync, grant.id(), out);

    assertThat(Rows.key(out)).isEqualTo(Rows.of(grant, Keyspace.GRANTS, sync).key());
    assertThat(Rows.key(out)).isEqualTo(Rows.of(grant, Keyspace.NEEDS_EXPANSION, sync).key());
  }

  @Provide
  Arbitrary<Grant> grant() {
    return GrantArbitraries.grants(GrantArbitraries.fewIds());
  }

  @Provide
  Arbitrary<List<Grant>> grants() {
    return grant().list().ofMinSize(1).ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> ids() {
    return GrantArbitraries.fewIds();
  }

  /** Numbers whose bytes are each other's beginnings or are escapes elsewhere. */
  @Provide
  Arbitrary<Integer> syncs() {
    return Arbitraries.of(0, 1, 2, 255, 256, 0x0100_0000, Integer.MAX_VALUE, -1);
  }

  private void check(List<Grant> grants, Keyspace keyspace, int sync, Predicate<Grant> isAnswer) {
    Bytes prefix = Rows.key(out);
    for (Grant grant : grants) {
      assertThat(Rows.startsWith(Rows.of(grant, keyspace, sync).key(), prefix))
          .as(() -> String.format(Locale.ROOT, "%s %s", prefix, grant))
          .isEqualTo(isAnswer.test(grant));
    }
  }
}
