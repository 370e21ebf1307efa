package dev.grantstore;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks another reader: for readers that change an answer on its way. As thread-safe as that one.
 */
public class ForwardingGrantReader implements GrantReader {
  private final Supplier<? extends GrantReader> asked;

  /**
   * Asks a reader.
   *
   * @param asked stays the caller's
   */
  public ForwardingGrantReader(GrantReader asked) {
    this(() -> asked);
  }

  /**
   * Asks a reader that may be another one each time.
   *
   * @param asked gives it
   */
  public ForwardingGrantReader(Supplier<? extends GrantReader> asked) {
    this.asked = asked;
  }

  @Override
  public List<SyncRun> syncs() {
    return asked.get().syncs();
  }

  @Override
  public Optional<SyncRun> sync(String syncId) {
    return asked.get().sync(syncId);
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    return asked.get().get(syncId, grantId);
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    return asked.get().getAll(syncId, grantIds);
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    return asked.get().cursor(query);
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    return asked.get().page(query, limitRows, after);
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    return asked.get().holds(syncId, principal, entitlement);
  }

  @Override
  public Optional<EntitlementDigests> entitlementDigests(String syncId) {
    return asked.get().entitlementDigests(syncId);
  }

  @Override
  public boolean leavesOutEnded() {
    return asked.get().leavesOutEnded();
  }
}
