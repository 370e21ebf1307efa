package dev.grantstore.codec;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Ids;
import dev.grantstore.PrincipalRef;
import java.util.Objects;

/**
 * The key of a row in the keyspace {@code by_entitlement}. Immutable.
 *
 * @param sync the sync's number
 * @param entitlement what is held
 * @param principal who holds it
 * @param grantId the grant
 */
public record ByEntitlementKey(
    @Unsigned int sync, EntitlementRef entitlement, PrincipalRef principal, String grantId) {
  /** Refuses an id that no grant has. */
  public ByEntitlementKey {
    Objects.requireNonNull(entitlement, "entitlement");
    Objects.requireNonNull(principal, "principal");
    Ids.checkGrantId(grantId);
  }
}
