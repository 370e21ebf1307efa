package dev.grantstore;

/**
 * Names a principal: a user, a group, whatever can hold an entitlement. Immutable.
 *
 * @param resourceTypeId the principal's resource type; may be empty
 * @param resourceId the principal's id; may be empty
 */
public record PrincipalRef(String resourceTypeId, String resourceId) {
  /** Refuses ids that cannot be stored faithfully. */
  public PrincipalRef {
    Ids.check("principal resource type id", resourceTypeId);
    Ids.check("principal resource id", resourceId);
  }
}
