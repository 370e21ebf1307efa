package dev.grantstore.codec;

import com.google.protobuf.ByteString;
import dev.grantstore.Bytes;
import dev.grantstore.EntitlementRef;
import dev.grantstore.PrincipalRef;
import dev.grantstore.codec.twins.proto.ByEntitlementKeyTwin;
import dev.grantstore.codec.twins.proto.ByPrincipalKeyTwin;
import dev.grantstore.codec.twins.proto.EntitlementTwin;
import dev.grantstore.codec.twins.proto.EveryKindTwin;
import dev.grantstore.codec.twins.proto.GrantsKeyTwin;
import dev.grantstore.codec.twins.proto.PrincipalTwin;

/** Records and messages of the same shape as the types whose codecs are written by hand. */
final class Twins {
  private Twins() {}

  record EntitlementRecord(String type, String resource, String id) {}

  record PrincipalRecord(String type, String id) {}

  record GrantsRecord(@Unsigned int sync, String grantId) {}

  /** The same tuple without nesting. */
  record ByEntitlementRecord(
      @Unsigned int sync,
      String entitlementType,
      String entitlementResource,
      String entitlementId,
      PrincipalRecord principal,
      String grantId) {}

  record ByPrincipalRecord(
      @Unsigned int sync, PrincipalRef principal, EntitlementRecord entitlement, String grantId) {}

  record EveryKind(
      int i32,
      @Unsigned int u32,
      long i64,
      @Unsigned long u64,
      boolean truth,
      String text,
      Bytes raw,
      PrincipalRef nested) {}

  static EntitlementRecord record(EntitlementRef ref) {
    return new EntitlementRecord(ref.resourceTypeId(), ref.resourceId(), ref.entitlementId());
  }

  static PrincipalRecord record(PrincipalRef ref) {
    return new PrincipalRecord(ref.resourceTypeId(), ref.resourceId());
  }

  static GrantsRecord record(GrantsKey key) {
    return new GrantsRecord(key.sync(), key.grantId());
  }

  static ByEntitlementRecord record(ByEntitlementKey key) {
    EntitlementRef entitlement = key.entitlement();
    return new ByEntitlementRecord(
        key.sync(),
        entitlement.resourceTypeId(),
        entitlement.resourceId(),
        entitlement.entitlementId(),
        record(key.principal()),
        key.grantId());
  }

  static ByPrincipalRecord record(ByPrincipalKey key) {
    return new ByPrincipalRecord(
        key.sync(), key.principal(), record(key.entitlement()), key.grantId());
  }

  static EntitlementTwin message(EntitlementRef ref) {
    return EntitlementTwin.newBuilder()
        .setResourceTypeId(ref.resourceTypeId())
        .setResourceId(ref.resourceId())
        .setEntitlementId(ref.entitlementId())
        .build();
  }

  static PrincipalTwin message(PrincipalRef ref) {
    return PrincipalTwin.newBuilder()
        .setResourceTypeId(ref.resourceTypeId())
        .setResourceId(ref.resourceId())
        .build();
  }

  static GrantsKeyTwin message(GrantsKey key) {
    return GrantsKeyTwin.newBuilder().setSync(key.sync()).setGrantId(key.grantId()).build();
  }

  static ByEntitlementKeyTwin message(ByEntitlementKey key) {
    return ByEntitlementKeyTwin.newBuilder()
        .setSync(key.sync())
        .setEntitlement(message(key.entitlement()))
        .setPrincipal(message(key.principal()))
        .setGrantId(key.grantId())
        .build();
  }

  static ByPrincipalKeyTwin message(ByPrincipalKey key) {
    return ByPrincipalKeyTwin.newBuilder()
        .setSync(key.sync())
        .setPrincipal(message(key.principal()))
        .setEntitlement(message(key.entitlement()))
        .setGrantId(key.grantId())
        .build();
  }

  static EveryKindTwin message(EveryKind value) {
    return EveryKindTwin.newBuilder()
        .setI32(value.i32())
        .setU32(value.u32())
        .setI64(value.i64())
        .setU64(value.u64())
        .setTruth(value.truth())
        .setText(value.text())
        .setRaw(ByteString.copyFrom(value.raw().toByteArray()))
        .setNested(message(value.nested()))
        .build();
  }
}
