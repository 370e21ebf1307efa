package dev.grantstore.equivalence.planted;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The catalogue of planted bugs. */
enum PlantedBug {
  STALE_INDEX_ROW_ON_OVERWRITE,
  DELETE_LEAVES_INDEX,
  PREFIX_WITHOUT_SEPARATOR,
  STRING_COMPARE_TO_ORDER,
  PAGE_TOKEN_LOSES_A_ROW,
  SNAPSHOT_READS_LIVE,
  CURSOR_SEES_LATER_WRITES,
  GET_ALL_DEDUPS,
  BATCH_NOT_ATOMIC,
  CONTENTS_SWAPPED,
  DROP_CROSSES_SYNCS,
  HOLDS_IGNORES_THE_RESOURCE,
  NANOSECONDS_LOST;

  /** {@return the store, with this bug} */
  GrantStore in(GrantStore store) {
    return switch (this) {
      case STALE_INDEX_ROW_ON_OVERWRITE -> StaleIndexStore.afterOverwrite(store);
      case DELETE_LEAVES_INDEX -> StaleIndexStore.afterDelete(store);
      case PREFIX_WITHOUT_SEPARATOR -> prefixWithoutSeparator(store);
      case STRING_COMPARE_TO_ORDER -> stringCompareToOrder(store);
      case PAGE_TOKEN_LOSES_A_ROW -> pageTokenLosesARow(store);
      case SNAPSHOT_READS_LIVE -> snapshotReadsLive(store);
      case CURSOR_SEES_LATER_WRITES -> cursorSeesLaterWrites(store);
      case GET_ALL_DEDUPS -> getAllDedups(store);
      case BATCH_NOT_ATOMIC -> batchNotAtomic(store);
      case CONTENTS_SWAPPED -> contentsSwapped(store);
      case DROP_CROSSES_SYNCS -> dropCrossesSyncs(store);
      case HOLDS_IGNORES_THE_RESOURCE -> holdsIgnoresTheResource(store);
      case NANOSECONDS_LOST -> nanosecondsLost(store);
    };
  }

  private static GrantStore prefixWithoutSeparator(GrantStore store) {
    return new ForwardingStore(store) {
      @Override
      List<Grant> rows(GrantQuery query, List<Grant> right) {
        if (!(query instanceof GrantQuery.ByPrincipal asked)) {
          return right;
        }
        PrincipalRef p = asked.principal();
        List<Grant> rows = new ArrayList<>(right);
        for (Grant grant : list(new GrantQuery.Scan(query.syncId()))) {
          PrincipalRef other = grant.principal();
          if (!other.equals(p)
              && other.resourceTypeId().equals(p.resourceTypeId())
              && other.resourceId().startsWith(p.resourceId())) {
            rows.add(grant);
          }
        }
        return rows;
      }
    };
  }

  private static GrantStore stringCompareToOrder(GrantStore store) {
    return new ForwardingStore(store) {
      @Override
      List<Grant> rows(GrantQuery query, List<Grant> right) {
        List<Grant> rows = new ArrayList<>(right);
        if (query instanceof GrantQuery.Scan) {
          rows.sort(Comparator.comparing(Grant::id));
        }
        return rows;
      }
    };
  }

  private static GrantStore pageTokenLosesARow(GrantStore store) {
    return new ForwardingStore(store) {
      @Override
      public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
        GrantPage page = super.page(query, limitRows, after);
        return after.isStart() || page.grants().isEmpty()
            ? page
            : new GrantPage(page.grants().subList(1, page.grants().size()), page.next());
      }
    };
  }

  private static GrantStore snapshotReadsLive(GrantStore store) {
    return new ForwardingStore(store) {
      @Override
      public GrantSnapshot snapshot() {
        GrantSnapshot real = super.snapshot();
        return new LiveSnapshot(store, real);
      }
    };
  }

  private static GrantStore cursorSeesLaterWrites(GrantStore store) {
    return new ForwardingStore(store) {
      @Override
      public GrantCursor cursor(GrantQuery query) {
        GrantCursor real = store.cursor(query);
        return new LateCursor(real, () -> list(query));
      }
    };
  }

  private static GrantStore getAllDedups(GrantStore store) {
    return new ForwardingStore(store) {
      @Override
      public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
        super.getAll(syncId, grantIds);
        return super.getAll(syncId, List.copyOf(new LinkedHashSet<>(grantIds)));
      }
    };
  }

  private static GrantStore batchNotAtomic(GrantStore store) {
    return new ForwardingStore(store) {
      @Override
      public void putAll(String syncId, Collection<Grant> grants) {
        super.putAll(syncId, List.of());
        for (Grant grant : grants) {
          super.putAll(syncId, java.util.Collections.singletonList(grant));
        }
      }
    };
  }

  private static GrantStore contentsSwapped(GrantStore store) {
    return new ForwardingStore(store) {
      @Override
      List<Grant> rows(GrantQuery query, List<Grant> right) {
        if (!(query instanceof GrantQuery.ByEntitlement) || right.size() < 2) {
          return right;
        }
        List<Grant> rows = new ArrayList<>(right);
        rows.set(0, withPayloadOf(right.get(0), right.get(1)));
        rows.set(1, withPayloadOf(right.get(1), right.get(0)));
        return rows;
      }
    };
  }

  private static GrantStore dropCrossesSyncs(GrantStore store) {
    return new ForwardingStore(store) {
      @Override
      public void drop(String syncId) {
        super.drop(syncId);
        for (SyncRun other : super.syncs()) {
          if (other.id().startsWith(syncId)) {
            super.drop(other.id());
          }
        }
      }
    };
  }

  private static GrantStore holdsIgnoresTheResource(GrantStore store) {
    return new ForwardingStore(store) {
      @Override
      public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
        return super.holds(syncId, principal, entitlement)
            || list(new GrantQuery.ByPrincipal(syncId, principal)).stream()
                .anyMatch(g -> g.entitlement().entitlementId().equals(entitlement.entitlementId()));
      }
    };
  }

  private static GrantStore nanosecondsLost(GrantStore store) {
    return new ForwardingStore(store) {
      @Override
      public void putAll(String syncId, Collection<Grant> grants) {
        List<Grant> cut = new ArrayList<>();
        for (Grant grant : grants) {
          cut.add(
              new Grant(
                  grant.id(),
                  grant.entitlement(),
                  grant.principal(),
                  grant.discoveredAt().truncatedTo(ChronoUnit.MICROS),
                  grant.needsExpansion(),
                  grant.expansion(),
                  grant.sources(),
                  grant.annotations()));
        }
        super.putAll(syncId, cut);
      }
    };
  }

  private static Grant withPayloadOf(Grant grant, Grant other) {
    return new Grant(
        grant.id(),
        grant.entitlement(),
        grant.principal(),
        other.discoveredAt(),
        other.needsExpansion(),
        other.expansion(),
        other.sources(),
        other.annotations());
  }

  /** Answers from the store as it is. */
  private static final class LiveSnapshot extends ForwardingReader implements GrantSnapshot {
    private final GrantSnapshot real;

    LiveSnapshot(GrantStore store, GrantSnapshot real) {
      super(store);
      this.real = real;
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
