package dev.grantstore.microtests.rocksdb.layout;

import dev.grantstore.CanonicalForm;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.PrincipalRef;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowWriter;
import java.util.Arrays;

/** The engine's keys: tuples of all ids. */
final class CompositeKeys implements KeyForm {
  private static final String SYNC = "s";

  private final TupleWriter key = new TupleWriter();
  private final RowWriter writer = new RowWriter();

  @Override
  public byte[] grant(String grantId) {
    KeyPrefix.grant(0, grantId, key);
    return key.toByteArray();
  }

  @Override
  public byte[] entitlement(EntitlementRef entitlement) {
    KeyPrefix.write(new GrantQuery.ByEntitlement(SYNC, entitlement), 0, key);
    return key.toByteArray();
  }

  @Override
  public byte[] principal(PrincipalRef principal) {
    KeyPrefix.write(new GrantQuery.ByPrincipal(SYNC, principal), 0, key);
    return key.toByteArray();
  }

  @Override
  public byte[] holding(PrincipalRef principal, EntitlementRef entitlement) {
    KeyPrefix.holding(0, principal, entitlement, key);
    return key.toByteArray();
  }

  @Override
  public Row row(Table table, Grant grant, CanonicalForm form) {
    writer.grant(grant, form);
    switch (table) {
      case GRANTS -> writer.row(Keyspace.GRANTS, 0);
      case BY_ENTITLEMENT -> writer.row(Keyspace.BY_ENTITLEMENT, 0);
      case BY_PRINCIPAL -> writer.row(Keyspace.BY_PRINCIPAL, 0);
      case HOLDINGS -> {
        return new Row(holding(grant.principal(), grant.entitlement()), new byte[0]);
      }
    }
    return new Row(
        writer.key().toByteArray(), Arrays.copyOf(writer.value().array(), writer.value().length()));
  }
}
