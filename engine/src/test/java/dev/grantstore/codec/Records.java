package dev.grantstore.codec;

import dev.grantstore.Annotation;
import dev.grantstore.CanonicalForm;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantSource;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.proto.AnnotationRecord;
import dev.grantstore.codec.proto.ExpansionRecord;
import dev.grantstore.codec.proto.GrantRecord;
import dev.grantstore.codec.proto.SourceRecord;
import java.time.Instant;
import java.util.Arrays;

/** Values of rows: with our writer, with the generated class, and back. */
final class Records {
  private Records() {}

  static byte[] encode(Grant grant, boolean withReferences) {
    RecordWriter writer = new RecordWriter();
    if (withReferences) {
      writer.encodeWithReferences(grant, form(grant));
    } else {
      writer.encodeRest(grant);
    }
    return Arrays.copyOf(writer.array(), writer.length());
  }

  /** The grant that a value holds under the key of {@code keyed}. */
  static Grant decode(byte[] value, Grant keyed, boolean withReferences)
      throws MalformedBytesException {
    CanonicalForm form = form(keyed);
    Utf8View[] ids = new Utf8View[IdField.COUNT];
    for (IdField field : IdField.values()) {
      Utf8View view = new Utf8View();
      if (!withReferences || field == IdField.GRANT_ID) {
        view.wrap(form.array(), form.offset(field), form.length(field));
      }
      ids[field.position()] = view;
    }
    // Somewhere in a larger array that goes on with bytes which would be fields.
    byte[] around = new byte[value.length + 9];
    Arrays.fill(around, (byte) 0x30);
    System.arraycopy(value, 0, around, 5, value.length);
    RecordReader reader = new RecordReader();
    reader.read(around, 5, value.length, ids, withReferences);
    return reader.grant(ids);
  }

  static GrantRecord generated(Grant grant, boolean withReferences) {
    GrantRecord.Builder record = GrantRecord.newBuilder();
    if (withReferences) {
      record
          .setEntitlementType(grant.entitlement().resourceTypeId())
          .setEntitlementResource(grant.entitlement().resourceId())
          .setEntitlementId(grant.entitlement().entitlementId())
          .setPrincipalType(grant.principal().resourceTypeId())
          .setPrincipalId(grant.principal().resourceId());
    }
    record.setNeedsExpansion(grant.needsExpansion());
    grant.expansion().ifPresent(expansion -> record.setExpansion(expansion(expansion)));
    grant.sources().forEach(source -> record.addSources(source(source)));
    for (Annotation annotation : grant.annotations()) {
      record.addAnnotations(
          AnnotationRecord.newBuilder()
              .setTypeUrl(annotation.typeUrl())
              .setValue(com.google.protobuf.ByteString.copyFrom(annotation.value().toByteArray())));
    }
    Instant discovered = grant.discoveredAt();
    grant
        .expiresAt()
        .ifPresent(
            end -> record.setExpiresSeconds(end.getEpochSecond()).setExpiresNanos(end.getNano()));
    record.setDiscoveredSeconds(discovered.getEpochSecond());
    record.setDiscoveredNanos(discovered.getNano());
    return record.build();
  }

  private static ExpansionRecord expansion(Expansion expansion) {
    return ExpansionRecord.newBuilder()
        .addAllEntitlementIds(expansion.entitlementIds())
        .setShallow(expansion.shallow())
        .addAllResourceTypeIds(expansion.resourceTypeIds())
        .build();
  }

  private static SourceRecord source(GrantSource source) {
    return SourceRecord.newBuilder()
        .setSourceId(source.sourceId())
        .setResourceType(source.resourceTypeId())
        .setResource(source.resourceId())
        .setEntitlement(source.entitlementId())
        .setDirect(source.direct())
        .build();
  }

  private static CanonicalForm form(Grant grant) {
    CanonicalForm form = new CanonicalForm();
    form.encode(grant);
    return form;
  }
}
