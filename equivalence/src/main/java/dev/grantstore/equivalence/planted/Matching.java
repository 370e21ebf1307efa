package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;

/** Which grants a list asks for. */
final class Matching {
  private Matching() {}

  static boolean of(GrantQuery query, Grant grant) {
    if (query instanceof GrantQuery.ByEntitlement asked) {
      return grant.entitlement().equals(asked.entitlement());
    }
    if (query instanceof GrantQuery.ByEntitlementResource asked) {
      return grant.entitlement().resourceTypeId().equals(asked.resourceTypeId())
          && grant.entitlement().resourceId().equals(asked.resourceId());
    }
    if (query instanceof GrantQuery.ByPrincipal asked) {
      return grant.principal().equals(asked.principal());
    }
    return query instanceof GrantQuery.Scan
        || query instanceof GrantQuery.ScanByEntitlement
        || grant.needsExpansion();
  }
}
