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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks another reader. */
class ForwardingReader implements GrantReader {
  private final Supplier<? extends GrantReader> asked;

  ForwardingReader(GrantReader asked) {
    this(() -> asked);
  }

  /** Asks a reader that may be another one each time. */
  ForwardingReader(Supplier<? extends GrantReader> asked) {
    this.asked = asked;
  }

  /** {@return a whole list, as this reader's cursor shows it} */
  final List<Grant> list(GrantQuery query) {
    List<Grant> rows = new ArrayList<>();
    try (GrantCursor cursor = cursor(query)) {
      while (cursor.next()) {
        rows.add(cursor.grant());
      }
    }
    return rows;
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
}
