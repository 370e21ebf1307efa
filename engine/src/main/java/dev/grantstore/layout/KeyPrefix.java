package dev.grantstore.layout;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.IdField;
import dev.grantstore.PrincipalRef;
import dev.grantstore.codec.CodecRegistry;
import dev.grantstore.codec.TupleCodec;
import dev.grantstore.codec.TupleWriter;
import java.nio.ByteBuffer;

/** Where the rows that answer a question are: a keyspace, and the bytes their keys start with. */
public final class KeyPrefix {
  private static final TupleCodec<EntitlementRef> ENTITLEMENT =
      CodecRegistry.lookup(EntitlementRef.class);
  private static final TupleCodec<PrincipalRef> PRINCIPAL =
      CodecRegistry.lookup(PrincipalRef.class);

  private KeyPrefix() {}

  /**
   * {@return the keyspace that answers a query in its order}
   *
   * @param query the query
   */
  public static Keyspace keyspace(GrantQuery query) {
    if (query instanceof GrantQuery.Scan) {
      return Keyspace.GRANTS;
    }
    if (query instanceof GrantQuery.ByPrincipal) {
      return Keyspace.BY_PRINCIPAL;
    }
    if (query instanceof GrantQuery.NeedingExpansion) {
      return Keyspace.NEEDS_EXPANSION;
    }
    if (query instanceof GrantQuery.ScanByEntitlement
        || query instanceof GrantQuery.ByEntitlement
        || query instanceof GrantQuery.ByEntitlements
        || query instanceof GrantQuery.ByEntitlementResource) {
      return Keyspace.BY_ENTITLEMENT;
    }
    throw new AssertionError("query without a keyspace: " + query.kind());
  }

  /**
   * Writes the bytes that the keys of all rows of a query start with, and no other keys do.
   *
   * @param query the query; of {@link GrantQuery.ByEntitlements} each entitlement has its own
   * @param sync its sync's number
   * @param out written to, from its start
   */
  public static void write(GrantQuery query, int sync, TupleWriter out) {
    out.reset();
    out.putUnsignedInt(sync);
    if (query instanceof GrantQuery.ByEntitlement by) {
      ENTITLEMENT.encode(by.entitlement(), out);
    } else if (query instanceof GrantQuery.ByEntitlementResource on) {
      out.putElement(on.resourceTypeId());
      out.putElement(on.resourceId());
    } else if (query instanceof GrantQuery.ByPrincipal by) {
      PRINCIPAL.encode(by.principal(), out);
    } else if (query instanceof GrantQuery.ByEntitlements) {
      throw new IllegalArgumentException("query has no prefix of its own: " + query.kind());
    }
  }

  /**
   * {@return the least key that a row of a sync may have, in every keyspace} All its rows are from
   * there on and before that of the next number.
   *
   * @param sync the sync's number
   */
  public static byte[] ofSync(int sync) {
    TupleWriter key = new TupleWriter();
    key.putUnsignedInt(sync);
    return key.toByteArray();
  }

  /**
   * {@return the number of the sync whose row has a key}
   *
   * @param key what a row's key starts with, or more of it
   */
  public static int syncOf(byte[] key) {
    return ByteBuffer.wrap(key).getInt();
  }

  /**
   * Writes the key of a grant in {@link Keyspace#GRANTS}.
   *
   * @param sync the sync's number
   * @param grantId the grant
   * @param out written to, from its start
   */
  public static void grant(int sync, String grantId, TupleWriter out) {
    out.reset();
    out.putUnsignedInt(sync);
    out.putElement(grantId);
  }

  /**
   * Writes the key of a grant in a keyspace. {@link RowWriter} makes the keys of all of them.
   *
   * @param keyspace the keyspace
   * @param sync the sync's number
   * @param grant the grant
   * @param out written to, from its start
   */
  public static void row(Keyspace keyspace, int sync, Grant grant, TupleWriter out) {
    out.reset();
    out.putUnsignedInt(sync);
    for (IdField field : keyspace.keyOrderArray()) {
      out.putElement(field.of(grant));
    }
  }

  /**
   * Writes the prefix, in {@link Keyspace#BY_PRINCIPAL}, of the grants by which a principal holds
   * an entitlement.
   *
   * @param sync the sync's number
   * @param who the principal
   * @param what the entitlement
   * @param out written to, from its start
   */
  public static void holding(int sync, PrincipalRef who, EntitlementRef what, TupleWriter out) {
    out.reset();
    out.putUnsignedInt(sync);
    PRINCIPAL.encode(who, out);
    ENTITLEMENT.encode(what, out);
  }
}
