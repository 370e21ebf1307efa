package dev.grantstore.bench.benchmark;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Excerpt;
import dev.grantstore.PrincipalRef;

/** How keys stand in messages: ids escaped, joined by slashes. */
final class KeyNames {
  private KeyNames() {}

  static String of(EntitlementRef ref) {
    return "%s/%s/%s"
        .formatted(
            Excerpt.of(ref.resourceTypeId()),
            Excerpt.of(ref.resourceId()),
            Excerpt.of(ref.entitlementId()));
  }

  static String of(PrincipalRef ref) {
    return "%s/%s".formatted(Excerpt.of(ref.resourceTypeId()), Excerpt.of(ref.resourceId()));
  }
}
