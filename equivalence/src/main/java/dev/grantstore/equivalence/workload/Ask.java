package dev.grantstore.equivalence.workload;

import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What a list is asked for.
 *
 * @param kind which list
 * @param ids by their place in the workload's table, as many as the kind takes
 */
public record Ask(QueryKind kind, List<Integer> ids) {
  /** Checks the number of ids. */
  public Ask {
    Objects.requireNonNull(kind, "kind");
    ids = List.copyOf(ids);
    if (ids.size() != kind.ids()) {
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
