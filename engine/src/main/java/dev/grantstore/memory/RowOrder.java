package dev.grantstore.memory;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.PrincipalRef;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Which grants a query asks for, and in which order: the contract's tables, word for word. */
final class RowOrder {
  /** Text as its UTF-8 bytes, unsigned. Made anew for every comparison: slow, plainly right. */
  static final Comparator<String> IDS =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private RowOrder() {}

  static boolean matches(GrantQuery query, Grant grant) {
    if (query instanceof GrantQuery.ByEntitlement one) {
      return grant.entitlement().equals(one.entitlement());
    }
    if (query instanceof GrantQuery.ByEntitlementResource resource) {
      return grant.entitlement().resourceTypeId().equals(resource.resourceTypeId())
          && grant.entitlement().resourceId().equals(resource.resourceId());
    }
    if (query instanceof GrantQuery.ByPrincipal one) {
      return grant.principal().equals(one.principal());
    }
    if (query instanceof GrantQuery.NeedingExpansion) {
      return grant.needsExpansion();
    }
    return true;
  }

  /** {@return the ids that place a grant in a query's list, the most significant first} */
  static List<String> place(GrantQuery query, Grant grant) {
    EntitlementRef e = grant.entitlement();
    PrincipalRef p = grant.principal();
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

  /** Compares two places in the list of one query. */
  static int comparePlaces(List<String> a, List<String> b) {
    for (int i = 0; i < a.size(); i++) {
      int order = IDS.compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
