package dev.grantstore.microtests.rocksdb.layout;

import dev.grantstore.CanonicalForm;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Keys of fixed length: a number and eight bytes of hash for what a query names. What the key does
 * not say any more stands in the value. Lists are complete but not in the contract's order, and two
 * names may share a hash: what such keys could gain at most.
 */
final class FlatKeys implements KeyForm {
  private static final int HASH_BYTES = Long.BYTES;

  private final CompositeKeys composite = new CompositeKeys();
  private final MessageDigest digest;

  FlatKeys() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public byte[] grant(String grantId) {
    return key(hash(composite.grant(grantId)));
  }

  @Override
  public byte[] entitlement(EntitlementRef entitlement) {
    return key(hash(composite.entitlement(entitlement)));
  }

  @Override
  public byte[] principal(PrincipalRef principal) {
    return key(hash(composite.principal(principal)));
  }

  @Override
  public byte[] holding(PrincipalRef principal, EntitlementRef entitlement) {
    return key(hash(composite.principal(principal)), hash(composite.entitlement(entitlement)));
  }

  @Override
  public Row row(Table table, Grant grant, CanonicalForm form) {
    byte[] id = hash(composite.grant(grant.id()));
    byte[] principal = hash(composite.principal(grant.principal()));
    byte[] entitlement = hash(composite.entitlement(grant.entitlement()));
    byte[] key =
        switch (table) {
          case GRANTS -> key(id);
          case BY_ENTITLEMENT -> key(entitlement, principal, id);
          case BY_PRINCIPAL -> key(principal, entitlement, id);
          case HOLDINGS -> key(principal, entitlement);
        };
    return new Row(key, table == Table.HOLDINGS ? new byte[0] : whole(grant, form));
  }

  /** The record with its references, after the grant's id. */
  private byte[] whole(Grant grant, CanonicalForm form) {
    byte[] record = composite.row(Table.GRANTS, grant, form).value();
    byte[] id = grant.id().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Short.BYTES + id.length + record.length)
        .putShort((short) id.length)
        .put(id)
        .put(record)
        .array();
  }

  private byte[] hash(byte[] name) {
    return Arrays.copyOf(digest.digest(name), HASH_BYTES);
  }

  private static byte[] key(byte[]... hashes) {
    ByteBuffer key = ByteBuffer.allocate(Integer.BYTES + hashes.length * HASH_BYTES).putInt(0);
    for (byte[] hash : hashes) {
      key.put(hash);
    }
    return key.array();
  }
}
