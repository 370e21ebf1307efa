package dev.grantstore;

/**
 * Where a grant comes from: one entitlement through which the principal holds it. Immutable.
 *
 * @param sourceId the key under which this source stands in its grant: the source entitlement's id
 * @param resourceTypeId the type of the source's resource; may be empty
 * @param resourceId the source's resource; may be empty
 * @param entitlementId the entitlement id as the source reports it; may be empty
 * @param direct whether the grant is held directly, not through another
 */
public record GrantSource(
    String sourceId,
    String resourceTypeId,
    String resourceId,
    String entitlementId,
    boolean direct) {
  /** Refuses ids that cannot be stored faithfully. */
  public GrantSource {
    Ids.check("source id", sourceId);
    Ids.check("source resource type id", resourceTypeId);
    Ids.check("source resource id", resourceId);
    Ids.check("source entitlement id", entitlementId);
  }
}
