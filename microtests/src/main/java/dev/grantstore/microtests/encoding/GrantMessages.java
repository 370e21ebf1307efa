package dev.grantstore.microtests.encoding;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.grantstore.Annotation;
import dev.grantstore.Bytes;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantSource;
import dev.grantstore.PrincipalRef;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.microtests.encoding.proto.AnnotationMessage;
import dev.grantstore.microtests.encoding.proto.EntitlementMessage;
import dev.grantstore.microtests.encoding.proto.ExpansionMessage;
import dev.grantstore.microtests.encoding.proto.GrantMessage;
import dev.grantstore.microtests.encoding.proto.PrincipalMessage;
import dev.grantstore.microtests.encoding.proto.SourceMessage;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Grants as {@code GrantMessage} and back. */
final class GrantMessages {
  private GrantMessages() {}

  static GrantMessage message(Grant grant) {
    EntitlementRef entitlement = grant.entitlement();
    PrincipalRef principal = grant.principal();
    Instant discovered = grant.discoveredAt();
    GrantMessage.Builder message =
        GrantMessage.newBuilder()
            .setId(grant.id())
            .setEntitlement(
                EntitlementMessage.newBuilder()
                    .setResourceTypeId(entitlement.resourceTypeId())
                    .setResourceId(entitlement.resourceId())
                    .setEntitlementId(entitlement.entitlementId()))
            .setPrincipal(
                PrincipalMessage.newBuilder()
                    .setResourceTypeId(principal.resourceTypeId())
                    .setResourceId(principal.resourceId()))
            .setDiscoveredAt(
                Timestamp.newBuilder()
                    .setSeconds(discovered.getEpochSecond())
                    .setNanos(discovered.getNano()))
            .setNeedsExpansion(grant.needsExpansion());
    grant.expansion().ifPresent(expansion -> message.setExpansion(message(expansion)));
    for (GrantSource source : grant.sources()) {
      message.addSources(
          SourceMessage.newBuilder()
              .setSourceId(source.sourceId())
              .setResourceTypeId(source.resourceTypeId())
              .setResourceId(source.resourceId())
              .setEntitlementId(source.entitlementId())
              .setDirect(source.direct()));
    }
    for (Annotation annotation : grant.annotations()) {
      message.addAnnotations(
          AnnotationMessage.newBuilder()
              .setTypeUrl(annotation.typeUrl())
              .setValue(ByteString.copyFrom(annotation.value().toByteArray())));
    }
    return message.build();
  }

  static Grant grant(GrantMessage message) throws MalformedBytesException {
    try {
      return new Grant(
          message.getId(),
          new EntitlementRef(
              message.getEntitlement().getResourceTypeId(),
              message.getEntitlement().getResourceId(),
              message.getEntitlement().getEntitlementId()),
          new PrincipalRef(
              message.getPrincipal().getResourceTypeId(), message.getPrincipal().getResourceId()),
          Instant.ofEpochSecond(
              message.getDiscoveredAt().getSeconds(), message.getDiscoveredAt().getNanos()),
          message.getNeedsExpansion(),
          message.hasExpansion() ? Optional.of(expansion(message)) : Optional.empty(),
          message.getSourcesList().stream()
              .map(
                  source ->
                      new GrantSource(
                          source.getSourceId(),
                          source.getResourceTypeId(),
                          source.getResourceId(),
                          source.getEntitlementId(),
                          source.getDirect()))
              .toList(),
          message.getAnnotationsList().stream()
              .map(a -> new Annotation(a.getTypeUrl(), Bytes.copyOf(a.getValue().toByteArray())))
              .toList());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new MalformedBytesException("message is not a grant: " + e.getMessage(), e);
    }
  }

  private static ExpansionMessage message(Expansion expansion) {
    return ExpansionMessage.newBuilder()
        .addAllEntitlementIds(expansion.entitlementIds())
        .setShallow(expansion.shallow())
        .addAllResourceTypeIds(expansion.resourceTypeIds())
        .build();
  }

  private static Expansion expansion(GrantMessage message) {
    ExpansionMessage expansion = message.getExpansion();
    return new Expansion(
        expansion.getEntitlementIdsList(),
        expansion.getShallow(),
        expansion.getResourceTypeIdsList());
  }
}
