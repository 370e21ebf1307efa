package dev.grantstore.equivalence.workload;

import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a list is asked for.
 *
 * @param kind which list
 * @param ids by their place in the workload's table, as many as the kind takes; for a kind that
 *     takes many, those of the first, then those of the second, and so on
 */
public record Ask(QueryKind kind, List<Integer> ids) {
  /** Checks the number of ids. */
  public Ask {
    Objects.requireNonNull(kind, "kind");
    ids = List.copyOf(ids);
    if (kind.isMany() ? ids.size() % kind.ids() != 0 : ids.size() != kind.ids()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "list takes another number of ids: list=%s takes=%d given=%d",
              kind.label(),
              kind.ids(),
              ids.size()));
    }
  }

  /** {@return all grants} */
  public static Ask scan() {
    return new Ask(QueryKind.SCAN, List.of());
  }

  /** {@return all grants, entitlement after entitlement} */
  public static Ask scanByEntitlement() {
    return new Ask(QueryKind.SCAN_BY_ENTITLEMENT, List.of());
  }

  /** {@return those that need expansion} */
  public static Ask needingExpansion() {
    return new Ask(QueryKind.NEEDING_EXPANSION, List.of());
  }

  /**
   * {@return those of an entitlement}
   *
   * @param e which
   */
  public static Ask of(EntitlementIds e) {
    return new Ask(QueryKind.BY_ENTITLEMENT, List.of(e.type(), e.resource(), e.id()));
  }

  /**
   * {@return those of several entitlements}
   *
   * @param entitlements in the order asked
   */
  public static Ask ofAll(List<EntitlementIds> entitlements) {
    return new Ask(
        QueryKind.BY_ENTITLEMENTS,
        entitlements.stream().flatMap(e -> Stream.of(e.type(), e.resource(), e.id())).toList());
  }

  /** {@return the ids of each thing it is asked for: of one, but for a kind that takes many} */
  public List<List<Integer>> each() {
    if (!kind.isMany()) {
      return List.of(ids);
    }
    List<List<Integer>> each = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += kind.ids()) {
      each.add(ids.subList(from, from + kind.ids()));
    }
    return each;
  }

  /**
   * {@return those on the resource of an entitlement}
   *
   * @param e which
   */
  public static Ask onResourceOf(EntitlementIds e) {
    return new Ask(QueryKind.BY_ENTITLEMENT_RESOURCE, List.of(e.type(), e.resource()));
  }

  /**
   * {@return those of a principal}
   *
   * @param p which
   */
  public static Ask of(PrincipalIds p) {
    return new Ask(QueryKind.BY_PRINCIPAL, List.of(p.type(), p.id()));
  }
}
