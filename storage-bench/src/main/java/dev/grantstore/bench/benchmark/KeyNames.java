package dev.grantstore.bench.benchmark;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Excerpt;
import dev.grantstore.PrincipalRef;
import java.util.Locale;

/** How keys stand in messages: ids escaped, joined by slashes. */
final class KeyNames {
  private KeyNames() {}

  static String of(EntitlementRef ref) {
    return String.format(
        Locale.ROOT,
        "%s/%s/%s",
        Excerpt.of(ref.resourceTypeId()),
        Excerpt.of(ref.resourceId()),
        Excerpt.of(ref.entitlementId()));
  }

  static String of(PrincipalRef ref) {
    return String.format(
        Locale.ROOT, "%s/%s", Excerpt.of(ref.resourceTypeId()), Excerpt.of(ref.resourceId()));
  }
}
