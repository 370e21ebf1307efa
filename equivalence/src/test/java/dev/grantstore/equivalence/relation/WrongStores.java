package dev.grantstore.equivalence.relation;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.PageToken;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Stores with one bug each, for more than one line. */
final class WrongStores {
  private WrongStores() {}

  /** {@return a store whose bulk loads cut nanoseconds} */
  static GrantStore cuttingInLoads() {
    return new WrappedStore() {
      @Override
      public BulkLoad bulkLoad(
          String syncId, String type, Instant startedAt, BulkLoadOptions options) {
        return new ForwardingGrantStore.Load(super.bulkLoad(syncId, type, startedAt, options)) {
          @Override
          protected void add(BulkPart part, int number, Grant grant) {
            super.add(part, number, withoutNanoseconds(grant));
          }
        };
      }
    };
  }

  static Grant withoutNanoseconds(Grant grant) {
    return new Grant(
        grant.id(),
        grant.entitlement(),
        grant.principal(),
        grant.discoveredAt().truncatedTo(ChronoUnit.MICROS),
        grant.needsExpansion(),
        grant.expansion(),
        grant.sources(),
        grant.annotations(),
        grant.expiresAt());
  }

  /** Loses the last write when flushed, if nothing else was written since. */
  static final class LossyFlush extends WrappedStore {
    private String lastSync = "";
    private String lastId = "";

    @Override
    public void putAll(String syncId, Collection<Grant> grants) {
      super.putAll(syncId, grants);
      lastId = "";
      for (Grant grant : grants) {
        lastSync = syncId;
        lastId = grant.id();
      }
    }

    @Override
    public void flush() {
      super.flush();
      boolean isOpen =
          sync(lastSync).filter(sync -> sync.state() == SyncRun.State.OPEN).isPresent();
      if (isOpen && !lastId.isEmpty()) {
        super.deleteAll(lastSync, List.of(lastId));
      }
    }
  }

  /** Does nothing to put when the call before was a delete. */
  static final class PutLostAfterDelete extends WrappedStore {
    private boolean isAfterDelete;

    @Override
    public void putAll(String syncId, Collection<Grant> grants) {
      super.putAll(syncId, isAfterDelete ? List.of() : grants);
      isAfterDelete = false;
    }

    @Override
    public void deleteAll(String syncId, Collection<String> grantIds) {
      super.deleteAll(syncId, grantIds);
      isAfterDelete = true;
    }
  }

  /** Refuses page tokens that it has not given itself. */
  static final class WithoutTokens extends WrappedStore {
    private final Set<PageToken> given = new HashSet<>();

    WithoutTokens(GrantStore real) {
      super(real);
    }

    @Override
    public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
      GrantPage page = super.page(query, limitRows, after);
      if (!after.isStart() && !given.contains(after)) {
        throw new GrantStoreException(Reason.INVALID_PAGE_TOKEN, "not of this opening");
      }
      page.next().ifPresent(given::add);
      return page;
    }
  }
}
