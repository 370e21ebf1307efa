package dev.grantstore.equivalence.relation;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import java.util.List;
import java.util.Optional;

/** A snapshot that gets single grants from elsewhere. */
abstract class WrappedSnapshot implements GrantSnapshot {
  private final GrantSnapshot real;

  WrappedSnapshot(GrantSnapshot real) {
    this.real = real;
  }

  @Override
  public abstract Optional<Grant> get(String syncId, String grantId);

  @Override
  public List<SyncRun> syncs() {
    return real.syncs();
  }

  @Override
  public Optional<SyncRun> sync(String syncId) {
    return real.sync(syncId);
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    return real.getAll(syncId, grantIds);
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    return real.cursor(query);
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    return real.page(query, limitRows, after);
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    return real.holds(syncId, principal, entitlement);
  }

  @Override
  public void close() {
    real.close();
  }
}
