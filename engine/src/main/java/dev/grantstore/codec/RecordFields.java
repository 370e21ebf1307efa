package dev.grantstore.codec;

import dev.grantstore.codec.proto.GrantRecord;

/** Field numbers of {@code GrantRecord}, from the generated class. */
final class RecordFields {
  static final int ENTITLEMENT_TYPE = GrantRecord.ENTITLEMENT_TYPE_FIELD_NUMBER;
  static final int ENTITLEMENT_RESOURCE = GrantRecord.ENTITLEMENT_RESOURCE_FIELD_NUMBER;
  static final int ENTITLEMENT_ID = GrantRecord.ENTITLEMENT_ID_FIELD_NUMBER;
  static final int PRINCIPAL_TYPE = GrantRecord.PRINCIPAL_TYPE_FIELD_NUMBER;
  static final int PRINCIPAL_ID = GrantRecord.PRINCIPAL_ID_FIELD_NUMBER;
  static final int NEEDS_EXPANSION = GrantRecord.NEEDS_EXPANSION_FIELD_NUMBER;
  static final int EXPANSION = GrantRecord.EXPANSION_FIELD_NUMBER;
  static final int SOURCES = GrantRecord.SOURCES_FIELD_NUMBER;
  static final int ANNOTATIONS = GrantRecord.ANNOTATIONS_FIELD_NUMBER;
  static final int DISCOVERED_NANOS = GrantRecord.DISCOVERED_NANOS_FIELD_NUMBER;
  static final int EXPIRES_SECONDS = GrantRecord.EXPIRES_SECONDS_FIELD_NUMBER;
  static final int EXPIRES_NANOS = GrantRecord.EXPIRES_NANOS_FIELD_NUMBER;
  static final int DISCOVERED_SECONDS = GrantRecord.DISCOVERED_SECONDS_FIELD_NUMBER;

  private RecordFields() {}
}
