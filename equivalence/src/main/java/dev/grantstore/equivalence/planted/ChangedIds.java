package dev.grantstore.equivalence.planted;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Changes every id of grants, entitlements and principals on its way in, whether it is written or
 * asked for.
 */
final class ChangedIds extends BugStore {
  private final UnaryOperator<String> change;

  ChangedIds(GrantStore store, UnaryOperator<String> change) {
    super(store, sound -> new Reader(sound, change));
    this.change = change;
  }

  @Override
  public void putAll(String syncId, Collection<Grant> grants) {
    super.putAll(syncId, grants.stream().map(grant -> Changed.ids(grant, change)).toList());
  }

  @Override
  public void deleteAll(String syncId, Collection<String> grantIds) {
    super.deleteAll(syncId, grantIds.stream().map(change).toList());
  }

  private static final class Reader extends BugReader {
    private final UnaryOperator<String> change;

    Reader(GrantReader sound, UnaryOperator<String> change) {
      super(sound);
      this.change = change;
    }

    @Override
    public Optional<Grant> get(String syncId, String grantId) {
      return super.get(syncId, change.apply(grantId));
    }

    @Override
    public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
      return super.getAll(syncId, grantIds.stream().map(change).toList());
    }

    @Override
    public GrantCursor cursor(GrantQuery query) {
      return super.cursor(changed(query));
    }

    @Override
    public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
      return super.page(changed(query), limitRows, after);
    }

    @Override
    public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
      return super.holds(
          syncId, Changed.principal(principal, change), Changed.entitlement(entitlement, change));
    }

    private GrantQuery changed(GrantQuery query) {
      if (query instanceof GrantQuery.ByEntitlement asked) {
        return new GrantQuery.ByEntitlement(
            asked.syncId(), Changed.entitlement(asked.entitlement(), change));
      }
      if (query instanceof GrantQuery.ByEntitlements asked) {
        return new GrantQuery.ByEntitlements(
            asked.syncId(),
            asked.entitlements().stream().map(e -> Changed.entitlement(e, change)).toList());
      }
      if (query instanceof GrantQuery.ByEntitlementResource asked) {
        return new GrantQuery.ByEntitlementResource(
            asked.syncId(), change.apply(asked.resourceTypeId()), change.apply(asked.resourceId()));
      }
      if (query instanceof GrantQuery.ByPrincipal asked) {
        return new GrantQuery.ByPrincipal(
            asked.syncId(), Changed.principal(asked.principal(), change));
      }
      return query;
    }
  }
}
