package dev.grantstore.equivalence.planted;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.Ids;
import dev.grantstore.PrincipalRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** Key ranges that hold too much or too little. */
final class RangeBugs {
  static final List<PlantedBug> ALL =
      List.of(
          PlantedBug.inReads(
              "prefix-without-end-by-principal",
              "the list of principal p also has what p1 holds",
              sound -> alsoWith(sound, RangeBugs::principalPrefix)),
          PlantedBug.inReads(
              "prefix-without-end-by-entitlement",
              "the list of entitlement e also has the grants of e1",
              sound -> alsoWith(sound, RangeBugs::entitlementPrefix)),
          PlantedBug.inReads(
              "ids-run-together",
              "principal a, bc and principal ab, c are one to the list",
              sound -> alsoWith(sound, RangeBugs::principalRunTogether)),
          PlantedBug.inReads(
              "empty-id-matches-all",
              "the list of a resource with an empty id has all resources of its type",
              sound -> alsoWith(sound, RangeBugs::emptyResource)),
          PlantedBug.inReads(
              "range-ends-below-the-highest-ids",
              "a range ends at U+FFFF, and the ids above it are left out",
              RangeBugs::endsTooEarly),
          PlantedBug.inReads(
              "holds-ignores-the-resource",
              "holds looks at the entitlement's own id alone",
              RangeBugs::holdsIgnoresTheResource),
          PlantedBug.overMemory(
              "holds-remembers-too-long",
              "once true, holds stays true until the sync is dropped or something deleted",
              RememberedHoldings::new));

  private RangeBugs() {}

  private static GrantReader alsoWith(GrantReader sound, BiPredicate<GrantQuery, Grant> isTaken) {
    return new ListReader(sound) {
      @Override
      List<Grant> rows(GrantQuery query, List<Grant> right) {
        return scan(query.syncId()).stream()
            .filter(grant -> Matching.of(query, grant) || isTaken.test(query, grant))
            .toList();
      }
    };
  }

  private static boolean principalPrefix(GrantQuery query, Grant grant) {
    return query instanceof GrantQuery.ByPrincipal asked
        && grant.principal().resourceTypeId().equals(asked.principal().resourceTypeId())
        && grant.principal().resourceId().startsWith(asked.principal().resourceId());
  }

  private static boolean entitlementPrefix(GrantQuery query, Grant grant) {
    if (!(query instanceof GrantQuery.ByEntitlement asked)) {
      return false;
    }
    EntitlementRef e = asked.entitlement();
    return grant.entitlement().resourceTypeId().equals(e.resourceTypeId())
        && grant.entitlement().resourceId().equals(e.resourceId())
        && grant.entitlement().entitlementId().startsWith(e.entitlementId());
  }

  private static boolean principalRunTogether(GrantQuery query, Grant grant) {
    return query instanceof GrantQuery.ByPrincipal asked
        && together(grant.principal()).equals(together(asked.principal()));
  }

  private static String together(PrincipalRef principal) {
    return principal.resourceTypeId() + principal.resourceId();
  }

  private static boolean emptyResource(GrantQuery query, Grant grant) {
    return query instanceof GrantQuery.ByEntitlementResource asked
        && asked.resourceId().isEmpty()
        && grant.entitlement().resourceTypeId().equals(asked.resourceTypeId());
  }

  private static GrantReader endsTooEarly(GrantReader sound) {
    return new ListReader(sound) {
      @Override
      List<Grant> rows(GrantQuery query, List<Grant> right) {
        return right.stream()
            .filter(g -> Ids.ORDER.compare(ListOrder.place(query, g).get(0), "\uffff") < 0)
            .toList();
      }
    };
  }

  private static GrantReader holdsIgnoresTheResource(GrantReader sound) {
    return new BugReader(sound) {
      @Override
      public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
        return super.holds(syncId, principal, entitlement)
            || list(new GrantQuery.ByPrincipal(syncId, principal)).stream()
                .anyMatch(g -> g.entitlement().entitlementId().equals(entitlement.entitlementId()));
      }
    };
  }

  /** Forgets what it knows at a delete and a drop, but not at an overwrite. */
  private static final class RememberedHoldings extends BugStore {
    private final Set<List<Object>> held = new HashSet<>();

    RememberedHoldings(dev.grantstore.GrantStore store) {
      super(store);
    }

    @Override
    public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
      boolean holds = super.holds(syncId, principal, entitlement);
      List<Object> asked = List.of(syncId, principal, entitlement);
      if (holds) {
        held.add(asked);
      }
      return held.contains(asked);
    }

    @Override
    public void deleteAll(String syncId, java.util.Collection<String> grantIds) {
      super.deleteAll(syncId, grantIds);
      held.clear();
    }

    @Override
    public void drop(String syncId) {
      super.drop(syncId);
      held.clear();
    }
  }
}
