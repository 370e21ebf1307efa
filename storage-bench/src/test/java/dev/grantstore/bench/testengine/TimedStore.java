package dev.grantstore.bench.testengine;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.EntitlementRef;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantView;
import dev.grantstore.PrincipalRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A store of which everything it is asked, and beginning a load, takes the same time. */
public final class TimedStore extends ForwardingGrantStore {
  private final GrantStore store;
  private final ManualTicker ticker;
  private final long nanos;

  /** Passes everything on to {@code store}. */
  public TimedStore(GrantStore store, ManualTicker ticker, Duration duration) {
    super(store);
    this.store = store;
    this.ticker = ticker;
    this.nanos = duration.toNanos();
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    ticker.advance(nanos);
    return super.get(syncId, grantId);
  }

  @Override
  public boolean get(String syncId, String grantId, GrantView into) {
    ticker.advance(nanos);
    return store.get(syncId, grantId, into);
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    ticker.advance(nanos);
    return super.cursor(query);
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    ticker.advance(nanos);
    return super.holds(syncId, principal, entitlement);
  }

  @Override
  public BulkLoad bulkLoad(String syncId, String type, Instant startedAt, BulkLoadOptions options) {
    ticker.advance(nanos);
    return super.bulkLoad(syncId, type, startedAt, options);
  }
}
