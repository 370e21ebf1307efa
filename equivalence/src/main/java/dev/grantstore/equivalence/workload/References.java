package dev.grantstore.equivalence.workload;

import dev.grantstore.EntitlementRef;
import dev.grantstore.PrincipalRef;
import dev.grantstore.equivalence.workload.Row.EntitlementIds;
import dev.grantstore.equivalence.workload.Row.PrincipalIds;
import java.util.HashMap;
import java.util.Map;

/**
 * The entitlements and principals of a workload, each made once: to check the longest ids costs
 * more than to store them. One thread.
 */
public final class References {
  private final Workload workload;
  private final Map<EntitlementIds, EntitlementRef> entitlements = new HashMap<>();
  private final Map<PrincipalIds, PrincipalRef> principals = new HashMap<>();

  /**
   * Creates them.
   *
   * @param workload whose
   */
  public References(Workload workload) {
    this.workload = workload;
  }

  /**
   * {@return as {@link Workload#entitlement}}
   *
   * @param ids name it
   */
  public EntitlementRef entitlement(EntitlementIds ids) {
    return entitlements.computeIfAbsent(ids, workload::entitlement);
  }

  /**
   * {@return as {@link Workload#principal}}
   *
   * @param ids name it
   */
  public PrincipalRef principal(PrincipalIds ids) {
    return principals.computeIfAbsent(ids, workload::principal);
  }
}
