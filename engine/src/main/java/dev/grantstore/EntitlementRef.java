package dev.grantstore;

/**
 * Names an entitlement: what it is on, and which it is. Immutable.
 *
 * @param resourceTypeId the type of the resource it is on; may be empty
 * @param resourceId the resource it is on; may be empty
 * @param entitlementId the entitlement's own id; may be empty
 */
public record EntitlementRef(String resourceTypeId, String resourceId, String entitlementId) {
  /** Refuses ids that cannot be stored faithfully. */
  public EntitlementRef {
    Ids.check("entitlement resource type id", resourceTypeId);
    Ids.check("entitlement resource id", resourceId);
    Ids.check("entitlement id", entitlementId);
  }
}
