package dev.grantstore.bench.testengine;

import dev.grantstore.EntitlementRef;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.PrincipalRef;
import dev.grantstore.bench.measure.Halt;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Requests a halt after some reads, so that a test does not depend on the clock. */
public final class HaltingStore extends ForwardingGrantStore {
  private final AtomicLong left;
  private final Halt halt;

  /** Passes everything on to {@code store}. */
  public HaltingStore(GrantStore store, long reads, Halt halt) {
    super(store);
    this.left = new AtomicLong(reads);
    this.halt = halt;
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    count();
    return super.get(syncId, grantId);
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    count();
    return super.cursor(query);
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    count();
    return super.holds(syncId, principal, entitlement);
  }

  private void count() {
    if (left.decrementAndGet() < 0) {
      halt.request();
    }
  }
}
