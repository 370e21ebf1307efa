package dev.grantstore.microtests.codec;

import dev.grantstore.codec.Unsigned;

/**
 * The seven fields of a key in {@code by_entitlement}, in a record that no codec was written for.
 *
 * @param sync the sync's number
 * @param entitlementType of what is held
 * @param entitlementResource of what is held
 * @param entitlementId of what is held
 * @param principalType of who holds it
 * @param principalId of who holds it
 * @param grantId the grant
 */
public record EntitlementKeyRecord(
    @Unsigned int sync,
    String entitlementType,
    String entitlementResource,
    String entitlementId,
    String principalType,
    String principalId,
    String grantId) {}
