package dev.grantstore;

import java.util.List;

/**
 * How a grant is to be expanded: holders of it also hold the named entitlements. Immutable.
 *
 * @param entitlementIds the entitlements to expand into, in the connector's order
 * @param shallow whether only direct grants are expanded
 * @param resourceTypeIds the principals' resource types to which expansion is limited, in order
 */
public record Expansion(
    List<String> entitlementIds, boolean shallow, List<String> resourceTypeIds) {
  /** Copies the lists and refuses ids that cannot be stored faithfully. */
  public Expansion {
    entitlementIds = List.copyOf(entitlementIds);
    resourceTypeIds = List.copyOf(resourceTypeIds);
    entitlementIds.forEach(id -> Ids.check("expansion entitlement id", id));
    resourceTypeIds.forEach(id -> Ids.check("expansion resource type id", id));
  }
}
