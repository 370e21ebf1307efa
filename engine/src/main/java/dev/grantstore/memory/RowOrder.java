package dev.grantstore.memory;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.PrincipalRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which grants a query asks for, and in which order: the contract's tables, word for word. */
final class RowOrder {
  /** Text as its UTF-8 bytes, unsigned. Made anew for every comparison: slow, plainly right. */
  static final Comparator<String> IDS =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private RowOrder() {}

  /**
   * {@return where a grant stands in a query's list: nowhere, at one place, or at several} A place
   * is the ids that are compared, the most significant first.
   */
  static List<List<String>> places(GrantQuery query, Grant grant) {
    EntitlementRef e = grant.entitlement();
    PrincipalRef p = grant.principal();
    if (query instanceof GrantQuery.ScanByEntitlement) {
      return List.of(
          List.of(
              e.resourceTypeId(),
              e.resourceId(),
              e.entitlementId(),
              p.resourceTypeId(),
              p.resourceId(),
              grant.id()));
    }
    if (query instanceof GrantQuery.ByEntitlement one) {
      return e.equals(one.entitlement())
          ? List.of(List.of(p.resourceTypeId(), p.resourceId(), grant.id()))
          : List.of();
    }
    if (query instanceof GrantQuery.ByEntitlements many) {
      List<List<String>> places = new ArrayList<>();
      for (int i = 0; i < many.entitlements().size(); i++) {
        if (e.equals(many.entitlements().get(i))) {
          places.add(List.of(ordinal(i), p.resourceTypeId(), p.resourceId(), grant.id()));
        }
      }
      return places;
    }
    if (query instanceof GrantQuery.ByEntitlementResource resource) {
      return e.resourceTypeId().equals(resource.resourceTypeId())
              && e.resourceId().equals(resource.resourceId())
          ? List.of(List.of(e.entitlementId(), p.resourceTypeId(), p.resourceId(), grant.id()))
          : List.of();
    }
    if (query instanceof GrantQuery.ByPrincipal one) {
      return p.equals(one.principal())
          ? List.of(List.of(e.resourceTypeId(), e.resourceId(), e.entitlementId(), grant.id()))
          : List.of();
    }
    if (query instanceof GrantQuery.NeedingExpansion && !grant.needsExpansion()) {
      return List.of();
    }
    if (query instanceof GrantQuery.NeedingExpansion || query instanceof GrantQuery.Scan) {
      return List.of(List.of(grant.id()));
    }
    throw new AssertionError("query without an order: " + query.kind());
  }

  /** {@return a number as text that is ordered as the number is} */
  private static String ordinal(int number) {
    return String.format(Locale.ROOT, "%010d", number);
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
