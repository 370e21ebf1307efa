package dev.grantstore.equivalence.planted;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.PrincipalRef;
import java.util.Comparator;
import java.util.List;

/** The order of each list, for any order of ids. */
final class ListOrder {
  private ListOrder() {}

  static Comparator<Grant> of(GrantQuery query, Comparator<String> ids) {
    return (a, b) -> {
      List<String> one = place(query, a);
      List<String> other = place(query, b);
      for (int i = 0; i < one.size(); i++) {
        int order = ids.compare(one.get(i), other.get(i));
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }

  /** {@return the ids that place a grant in a list, the most significant first} */
  static List<String> place(GrantQuery query, Grant grant) {
    EntitlementRef e = grant.entitlement();
    PrincipalRef p = grant.principal();
    if (query instanceof GrantQuery.ScanByEntitlement) {
      return List.of(
          e.resourceTypeId(),
          e.resourceId(),
          e.entitlementId(),
          p.resourceTypeId(),
          p.resourceId(),
          grant.id());
    }
    if (query instanceof GrantQuery.ByEntitlement) {
      return List.of(p.resourceTypeId(), p.resourceId(), grant.id());
    }
    if (query instanceof GrantQuery.ByEntitlementResource) {
      return List.of(e.entitlementId(), p.resourceTypeId(), p.resourceId(), grant.id());
    }
    if (query instanceof GrantQuery.ByPrincipal) {
      return List.of(e.resourceTypeId(), e.resourceId(), e.entitlementId(), grant.id());
    }
    return List.of(grant.id());
  }
}
