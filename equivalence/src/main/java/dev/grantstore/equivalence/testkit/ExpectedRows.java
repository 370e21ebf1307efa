package dev.grantstore.equivalence.testkit;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.PrincipalRef;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a query must answer over given grants, worked out from the contract's table of orders. */
final class ExpectedRows {
  static final Comparator<String> ID_ORDER =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private static final Comparator<Grant> BY_ID = by(Grant::id);
  private static final Comparator<Grant> BY_PRINCIPAL_THEN_ID =
      by(g -> g.principal().resourceTypeId())
          .thenComparing(by(g -> g.principal().resourceId()))
          .thenComparing(BY_ID);
  private static final Comparator<Grant> BY_ENTITLEMENT_ID =
      by(g -> g.entitlement().entitlementId());
  private static final Comparator<Grant> BY_ENTITLEMENT =
      by(g -> g.entitlement().resourceTypeId())
          .thenComparing(by(g -> g.entitlement().resourceId()))
          .thenComparing(BY_ENTITLEMENT_ID);
  private static final Comparator<Grant> BY_ENTITLEMENT_THEN_ID =
      BY_ENTITLEMENT.thenComparing(BY_ID);

  private ExpectedRows() {}

  static List<Grant> scan(Collection<Grant> grants) {
    return select(grants, g -> true, BY_ID);
  }

  static List<Grant> scanByEntitlement(Collection<Grant> grants) {
    return select(grants, g -> true, BY_ENTITLEMENT.thenComparing(BY_PRINCIPAL_THEN_ID));
  }

  static List<Grant> needingExpansion(Collection<Grant> grants) {
    return select(grants, Grant::needsExpansion, BY_ID);
  }

  static List<Grant> byEntitlement(EntitlementRef entitlement, Collection<Grant> grants) {
    return select(grants, g -> g.entitlement().equals(entitlement), BY_PRINCIPAL_THEN_ID);
  }

  static List<Grant> byEntitlementResource(String type, String id, Collection<Grant> grants) {
    return select(
        grants,
        g ->
            g.entitlement().resourceTypeId().equals(type)
                && g.entitlement().resourceId().equals(id),
        BY_ENTITLEMENT_ID.thenComparing(BY_PRINCIPAL_THEN_ID));
  }

  static List<Grant> byPrincipal(PrincipalRef principal, Collection<Grant> grants) {
    return select(grants, g -> g.principal().equals(principal), BY_ENTITLEMENT_THEN_ID);
  }

  static List<Grant> of(GrantQuery query, Collection<Grant> grants) {
    if (query instanceof GrantQuery.ScanByEntitlement) {
      return scanByEntitlement(grants);
    }
    if (query instanceof GrantQuery.ByEntitlement one) {
      return byEntitlement(one.entitlement(), grants);
    }
    if (query instanceof GrantQuery.ByEntitlements many) {
      return many.entitlements().stream()
          .flatMap(one -> byEntitlement(one, grants).stream())
          .toList();
    }
    if (query instanceof GrantQuery.ByEntitlementResource one) {
      return byEntitlementResource(one.resourceTypeId(), one.resourceId(), grants);
    }
    if (query instanceof GrantQuery.ByPrincipal one) {
      return byPrincipal(one.principal(), grants);
    }
    if (query instanceof GrantQuery.NeedingExpansion) {
      return needingExpansion(grants);
    }
    return scan(grants);
  }

  private static List<Grant> select(
      Collection<Grant> grants, Predicate<Grant> asked, Comparator<Grant> order) {
    return grants.stream().filter(asked).sorted(order).toList();
  }

  private static Comparator<Grant> by(Function<Grant, String> id) {
    return Comparator.comparing(id, ID_ORDER);
  }
}
