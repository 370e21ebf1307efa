package dev.grantstore.example;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.Ids;
import dev.grantstore.PrincipalRef;
import java.util.Comparator;
import java.util.function.Function;

/** Which grants a query lists, and in which order. */
final class RowOrder {
  private static final Comparator<Grant> BY_ID = by(Grant::id);
  private static final Comparator<Grant> BY_PRINCIPAL =
      by(g -> g.principal().resourceTypeId())
          .thenComparing(by(g -> g.principal().resourceId()))
          .thenComparing(BY_ID);
  private static final Comparator<Grant> BY_ENTITLEMENT =
      by(g -> g.entitlement().resourceTypeId())
          .thenComparing(by(g -> g.entitlement().resourceId()))
          .thenComparing(by(g -> g.entitlement().entitlementId()))
          .thenComparing(BY_ID);

  private RowOrder() {}

  /** {@return the order in which the query lists grants} */
  static Comparator<Grant> of(GrantQuery query) {
    if (query instanceof GrantQuery.ByEntitlement) {
      return BY_PRINCIPAL;
    }
    if (query instanceof GrantQuery.ByEntitlementResource) {
      return by(g -> g.entitlement().entitlementId()).thenComparing(BY_PRINCIPAL);
    }
    return query instanceof GrantQuery.ByPrincipal ? BY_ENTITLEMENT : BY_ID;
  }

  /** {@return whether the query asks for the grant} */
  static boolean matches(GrantQuery query, Grant grant) {
    EntitlementRef e = grant.entitlement();
    PrincipalRef p = grant.principal();
    if (query instanceof GrantQuery.ByEntitlement asked) {
      return e.equals(asked.entitlement());
    }
    if (query instanceof GrantQuery.ByEntitlementResource asked) {
      return e.resourceTypeId().equals(asked.resourceTypeId())
          && e.resourceId().equals(asked.resourceId());
    }
    if (query instanceof GrantQuery.ByPrincipal asked) {
      return p.equals(asked.principal());
    }
    return query instanceof GrantQuery.Scan || grant.needsExpansion();
  }

  private static Comparator<Grant> by(Function<Grant, String> id) {
    return Comparator.comparing(id, Ids.ORDER);
  }
}
