package dev.grantstore.equivalence.check;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.Ids;
import dev.grantstore.PrincipalRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a list must be, given all grants of its sync: filtered and sorted, by the contract's table.
 */
final class ExpectedList {
  private static final Comparator<Grant> BY_ID = by(Grant::id);
  private static final Comparator<Grant> BY_HOLDER =
      by(g -> g.principal().resourceTypeId())
          .thenComparing(by(g -> g.principal().resourceId()))
          .thenComparing(BY_ID);
  private static final Comparator<Grant> BY_ENTITLEMENT_ID =
      by(g -> g.entitlement().entitlementId());
  private static final Comparator<Grant> BY_WHOLE_ENTITLEMENT =
      by(g -> g.entitlement().resourceTypeId())
          .thenComparing(by(g -> g.entitlement().resourceId()))
          .thenComparing(BY_ENTITLEMENT_ID);
  private static final Comparator<Grant> BY_ENTITLEMENT = BY_WHOLE_ENTITLEMENT.thenComparing(BY_ID);

  private ExpectedList() {}

  static List<Grant> of(GrantQuery query, List<Grant> all) {
    if (query instanceof GrantQuery.ScanByEntitlement) {
      return select(all, g -> true, BY_WHOLE_ENTITLEMENT.thenComparing(BY_HOLDER));
    }
    if (query instanceof GrantQuery.ByEntitlement asked) {
      EntitlementRef e = asked.entitlement();
      return select(all, g -> g.entitlement().equals(e), BY_HOLDER);
    }
    if (query instanceof GrantQuery.ByEntitlements asked) {
      List<Grant> found = new ArrayList<>();
      for (EntitlementRef e : asked.entitlements()) {
        found.addAll(select(all, g -> g.entitlement().equals(e), BY_HOLDER));
      }
      return found;
    }
    if (query instanceof GrantQuery.ByEntitlementResource asked) {
      return select(
          all,
          g ->
              g.entitlement().resourceTypeId().equals(asked.resourceTypeId())
                  && g.entitlement().resourceId().equals(asked.resourceId()),
          BY_ENTITLEMENT_ID.thenComparing(BY_HOLDER));
    }
    if (query instanceof GrantQuery.ByPrincipal asked) {
      PrincipalRef p = asked.principal();
      return select(all, g -> g.principal().equals(p), BY_ENTITLEMENT);
    }
    if (query instanceof GrantQuery.NeedingExpansion) {
      return select(all, Grant::needsExpansion, BY_ID);
    }
    return select(all, g -> true, BY_ID);
  }

  private static List<Grant> select(
      List<Grant> all, Predicate<Grant> asked, Comparator<Grant> order) {
    List<Grant> found = new ArrayList<>();
    for (Grant grant : all) {
      if (asked.test(grant)) {
        found.add(grant);
      }
    }
    found.sort(order);
    return found;
  }

  private static Comparator<Grant> by(Function<Grant, String> id) {
    return Comparator.comparing(id, Ids.ORDER);
  }
}
