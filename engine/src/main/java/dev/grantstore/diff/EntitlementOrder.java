package dev.grantstore.diff;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Ids;
import java.util.Comparator;

/** Entitlements in the order of lists: type, resource, id. */
final class EntitlementOrder {
  static final Comparator<EntitlementRef> INSTANCE =
      Comparator.comparing(EntitlementRef::resourceTypeId, Ids.ORDER)
          .thenComparing(EntitlementRef::resourceId, Ids.ORDER)
          .thenComparing(EntitlementRef::entitlementId, Ids.ORDER);

  private EntitlementOrder() {}
}
