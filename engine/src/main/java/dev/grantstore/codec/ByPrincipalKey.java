package dev.grantstore.codec;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Ids;
import dev.grantstore.PrincipalRef;
import java.util.Objects;

/**
 * The key of a row in the keyspace {@code by_principal}. Immutable.
 *
 * @param sync the sync's number
 * @param principal who holds it
 * @param entitlement what is held
 * @param grantId the grant
 */
public record ByPrincipalKey(
    @Unsigned int sync, PrincipalRef principal, EntitlementRef entitlement, String grantId) {
  /** Refuses an id that no grant has. */
  public ByPrincipalKey {
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(entitlement, "entitlement");
    Ids.checkGrantId(grantId);
  }
}
