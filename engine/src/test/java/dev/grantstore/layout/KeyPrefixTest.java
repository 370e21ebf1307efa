package dev.grantstore.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Bytes;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.PrincipalRef;
import dev.grantstore.codec.TupleWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class KeyPrefixTest {
  private static final EntitlementRef ENT = new EntitlementRef("app", "r", "ent");

  @Test
  void eachQueryHasTheKeyspaceOfItsOrder() {
    PrincipalRef principal = new PrincipalRef("user", "p");

    assertThat(KeyPrefix.keyspace(new GrantQuery.Scan("s"))).isEqualTo(Keyspace.GRANTS);
    assertThat(KeyPrefix.keyspace(new GrantQuery.ScanByEntitlement("s")))
        .isEqualTo(Keyspace.BY_ENTITLEMENT);
    assertThat(KeyPrefix.keyspace(new GrantQuery.ByEntitlement("s", ENT)))
        .isEqualTo(Keyspace.BY_ENTITLEMENT);
    assertThat(KeyPrefix.keyspace(new GrantQuery.ByEntitlementResource("s", "app", "r")))
        .isEqualTo(Keyspace.BY_ENTITLEMENT);
    assertThat(KeyPrefix.keyspace(new GrantQuery.ByPrincipal("s", principal)))
        .isEqualTo(Keyspace.BY_PRINCIPAL);
    assertThat(KeyPrefix.keyspace(new GrantQuery.NeedingExpansion("s")))
        .isEqualTo(Keyspace.NEEDS_EXPANSION);
  }

  @Test
  void anEntitlementIsNotThePrefixOfALongerOne() {
    Grant other =
        Grant.of(
            "g",
            new EntitlementRef("app", "r", "ent-1"),
            new PrincipalRef("user", "p"),
            Instant.EPOCH);
    TupleWriter prefix = new TupleWriter();
    KeyPrefix.write(new GrantQuery.ByEntitlement("s", ENT), 1, prefix);
    Bytes key = Rows.of(other, Keyspace.BY_ENTITLEMENT, 1).key();

    assertThat(Rows.startsWith(key, Rows.key(prefix))).isFalse();
  }

  @Test
  void whatWasWrittenBeforeIsGone() {
    TupleWriter out = new TupleWriter();
    KeyPrefix.grant(1, "some grant", out);
    KeyPrefix.write(new GrantQuery.Scan("s"), 2, out);

    assertThat(out.toByteArray()).containsExactly(0, 0, 0, 2);
  }
}
