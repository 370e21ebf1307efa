package dev.grantstore.equivalence.planted;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import java.util.List;
import java.util.Optional;

/** Asks another reader. */
abstract class ForwardingReader implements GrantReader {
  private final GrantReader asked;

  ForwardingReader(GrantReader asked) {
    this.asked = asked;
  }

  @Override
  public List<SyncRun> syncs() {
    return asked.syncs();
  }

  @Override
  public Optional<SyncRun> sync(String syncId) {
    return asked.sync(syncId);
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    return asked.get(syncId, grantId);
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    return asked.getAll(syncId, grantIds);
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    return asked.cursor(query);
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    return asked.page(query, limitRows, after);
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    return asked.holds(syncId, principal, entitlement);
  }
}
