package dev.grantstore.diff;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import java.time.Instant;

/** Grants that differ in what a test is about. */
final class Grants {
  static final Instant AT = Instant.parse("2026-11-01T08:00:00Z");

  private Grants() {}

  static Grant grant(String id, String entitlement, String user) {
    return grant(id, entitlement, user, AT);
  }

  static Grant grant(String id, String entitlement, String user, Instant at) {
    return Grant.of(
        id, new EntitlementRef("app", "r", entitlement), new PrincipalRef("user", user), at);
  }

  static Grant withId(Grant grant, String id) {
    return new Grant(
        id,
        grant.entitlement(),
        grant.principal(),
        grant.discoveredAt(),
        grant.needsExpansion(),
        grant.expansion(),
        grant.sources(),
        grant.annotations(),
        grant.expiresAt());
  }

  static Grant withTime(Grant grant, Instant time) {
    return new Grant(
        grant.id(),
        grant.entitlement(),
        grant.principal(),
        time,
        grant.needsExpansion(),
        grant.expansion(),
        grant.sources(),
        grant.annotations(),
        grant.expiresAt());
  }
}
