package dev.grantstore.equivalence.planted;

import dev.grantstore.Annotation;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Grants with one thing changed. */
final class Changed {
  private Changed() {}

  static Grant discoveredAt(Grant grant, Instant other) {
    return new Grant(
        grant.id(),
        grant.entitlement(),
        grant.principal(),
        other,
        grant.needsExpansion(),
        grant.expansion(),
        grant.sources(),
        grant.annotations(),
        grant.expiresAt());
  }

  static Grant expansion(Grant grant, Optional<Expansion> other) {
    return new Grant(
        grant.id(),
        grant.entitlement(),
        grant.principal(),
        grant.discoveredAt(),
        grant.needsExpansion(),
        other,
        grant.sources(),
        grant.annotations(),
        grant.expiresAt());
  }

  static Grant annotations(Grant grant, List<Annotation> others) {
    return new Grant(
        grant.id(),
        grant.entitlement(),
        grant.principal(),
        grant.discoveredAt(),
        grant.needsExpansion(),
        grant.expansion(),
        grant.sources(),
        others,
        grant.expiresAt());
  }

  /** {@return the ids of one grant and all else of another} */
  static Grant payload(Grant grant, Grant other) {
    return new Grant(
        grant.id(),
        grant.entitlement(),
        grant.principal(),
        other.discoveredAt(),
        other.needsExpansion(),
        other.expansion(),
        other.sources(),
        other.annotations(),
        other.expiresAt());
  }

  static Grant ids(Grant grant, UnaryOperator<String> change) {
    return new Grant(
        change.apply(grant.id()),
        entitlement(grant.entitlement(), change),
        principal(grant.principal(), change),
        grant.discoveredAt(),
        grant.needsExpansion(),
        grant.expansion(),
        grant.sources(),
        grant.annotations(),
        grant.expiresAt());
  }

  static EntitlementRef entitlement(EntitlementRef e, UnaryOperator<String> change) {
    return new EntitlementRef(
        change.apply(e.resourceTypeId()),
        change.apply(e.resourceId()),
        change.apply(e.entitlementId()));
  }

  static PrincipalRef principal(PrincipalRef p, UnaryOperator<String> change) {
    return new PrincipalRef(change.apply(p.resourceTypeId()), change.apply(p.resourceId()));
  }
}
