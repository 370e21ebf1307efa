package dev.grantstore.equivalence.workload;

/** The kinds of list a store answers. */
public enum QueryKind {
  /** All grants. */
  SCAN("scan", 0),
  /** All grants, entitlement after entitlement. */
  SCAN_BY_ENTITLEMENT("scanByEntitlement", 0),
  /** Those of one entitlement: type, resource, id. */
  BY_ENTITLEMENT("byEntitlement", 3),
  /** Those of several entitlements: of each its type, resource, id. */
  BY_ENTITLEMENTS("byEntitlements", 3),
  /** Those on one resource: type, resource. */
  BY_ENTITLEMENT_RESOURCE("byEntitlementResource", 2),
  /** Those of one principal: type, id. */
  BY_PRINCIPAL("byPrincipal", 2),
  /** Those that need expansion. */
  NEEDING_EXPANSION("needingExpansion", 0);

  private final String label;
  private final int ids;

  QueryKind(String label, int ids) {
    this.label = label;
    this.ids = ids;
  }

  /** {@return its name in replay files} */
  public String label() {
    return label;
  }

  /** {@return how many ids it is asked with, or each of what it is asked for if that is many} */
  public int ids() {
    return ids;
  }

  /** {@return whether it is asked for any number of things at once} */
  public boolean isMany() {
    return this == BY_ENTITLEMENTS;
  }
}
