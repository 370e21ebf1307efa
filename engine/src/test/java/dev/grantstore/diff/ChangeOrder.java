package dev.grantstore.diff;

import dev.grantstore.Grant;
import dev.grantstore.Ids;
import java.util.Comparator;

/** The order in which changes come. */
final class ChangeOrder {
  static final Comparator<GrantChange> INSTANCE =
      Comparator.comparing(
          (GrantChange change) -> change.before().or(change::after).orElseThrow(),
          Comparator.comparing((Grant g) -> g.entitlement().resourceTypeId(), Ids.ORDER)
              .thenComparing(g -> g.entitlement().resourceId(), Ids.ORDER)
              .thenComparing(g -> g.entitlement().entitlementId(), Ids.ORDER)
              .thenComparing(g -> g.principal().resourceTypeId(), Ids.ORDER)
              .thenComparing(g -> g.principal().resourceId(), Ids.ORDER)
              .thenComparing(Grant::id, Ids.ORDER));

  private ChangeOrder() {}
}
