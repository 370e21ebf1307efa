package dev.grantstore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Leaves the grants out of another reader's answers that have ended by an instant. As thread-safe
 * as that one.
 *
 * <p>A page of a store is of one moment: a snapshot is taken for it. Of a reader that is neither
 * store nor snapshot none can be taken, so what is written while a page is read may be in it once,
 * twice or not at all.
 */
final class AsOfReader extends ForwardingGrantReader {
  private final GrantReader all;
  private final Instant instant;

  AsOfReader(GrantReader all, Instant instant) {
    super(all);
    this.all = all;
    this.instant = Objects.requireNonNull(instant, "instant");
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    return all.get(syncId, grantId).filter(this::isLive);
  }

  @Override
  public boolean get(String syncId, String grantId, GrantView into) {
    Objects.requireNonNull(into, "into");
    GrantView found = new GrantView();
    if (!all.get(syncId, grantId, found)
        || hasEnded(found.hasExpiry(), found.expiresSeconds(), found.expiresNanos())) {
      return false;
    }
    into.set(found);
    return true;
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    return all.getAll(syncId, grantIds).stream().map(found -> found.filter(this::isLive)).toList();
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    return new Cursor(all.cursor(query));
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(after, "page token");
    if (limitRows < 1) {
      throw new IllegalArgumentException("page limit must be at least 1: " + limitRows);
    }
    if (all instanceof GrantStore store) {
      try (GrantSnapshot moment = store.snapshot()) {
        return new AsOfReader(moment, instant).gather(query, limitRows, after);
      }
    }
    return gather(query, limitRows, after);
  }

  /**
   * Takes what is left of page after page of all grants. The last of them must end with the row
   * that fills this page, or what is written behind that row would be passed over.
   */
  private GrantPage gather(GrantQuery query, int limitRows, PageToken after) {
    int limit = Math.min(limitRows, MAX_PAGE_ROWS);
    List<Grant> rows = new ArrayList<>();
    PageToken at = after;
    int asked = limit;
    while (true) {
      GrantPage page = all.page(query, asked, at);
      int end = endOf(page.grants(), limit - rows.size());
      if (end < page.grants().size()) {
        asked = end;
        continue;
      }
      page.grants().stream().filter(this::isLive).forEach(rows::add);
      Optional<PageToken> next = page.next();
      if (next.isEmpty()) {
        return new GrantPage(rows, Optional.empty());
      }
      at = next.get();
      if (rows.size() == limit) {
        return new GrantPage(rows, hasMore(query, at) ? next : Optional.empty());
      }
      asked = Math.max(limit - rows.size(), Math.min(2 * asked, MAX_PAGE_ROWS));
    }
  }

  /**
   * Goes over the grants of the principal, if the other reader says that it holds the entitlement:
   * one of them may have ended, and another not.
   */
  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    if (!all.holds(syncId, principal, entitlement)) {
      return false;
    }
    try (GrantCursor held = cursor(new GrantQuery.ByPrincipal(syncId, principal))) {
      while (held.next()) {
        if (held.id(IdField.ENTITLEMENT_ID).toString().equals(entitlement.entitlementId())
            && held.id(IdField.ENTITLEMENT_RESOURCE).toString().equals(entitlement.resourceId())
            && held.id(IdField.ENTITLEMENT_TYPE).toString().equals(entitlement.resourceTypeId())) {
          return true;
        }
      }
    }
    return false;
  }

  /** None: what a store keeps is of all grants. */
  @Override
  public Optional<EntitlementDigests> entitlementDigests(String syncId) {
    all.entitlementDigests(syncId).ifPresent(EntitlementDigests::close);
    return Optional.empty();
  }

  /** Of the same reader, so that pages are of one moment: by the later instant more has ended. */
  @Override
  public GrantReader asOf(Instant other) {
    return new AsOfReader(all, other.isAfter(instant) ? other : instant);
  }

  @Override
  public boolean leavesOutEnded() {
    return true;
  }

  private boolean isLive(Grant grant) {
    return !grant.isExpired(instant);
  }

  private boolean hasEnded(boolean hasExpiry, long seconds, int nanos) {
    if (!hasExpiry) {
      return false;
    }
    int compared = Long.compare(seconds, instant.getEpochSecond());
    return compared < 0 || (compared == 0 && nanos <= instant.getNano());
  }

  /** How many grants it takes until so many are left of them; all, if there are not so many. */
  private int endOf(List<Grant> grants, int wanted) {
    int live = 0;
    for (int i = 0; i < grants.size(); i++) {
      live += isLive(grants.get(i)) ? 1 : 0;
      if (live == wanted) {
        return i + 1;
      }
    }
    return grants.size();
  }

  private boolean hasMore(GrantQuery query, PageToken after) {
    Optional<PageToken> at = Optional.of(after);
    for (int asked = 1; at.isPresent(); asked = Math.min(2 * asked, MAX_PAGE_ROWS)) {
      GrantPage page = all.page(query, asked, at.get());
      if (page.grants().stream().anyMatch(this::isLive)) {
        return true;
      }
      at = page.next();
    }
    return false;
  }

  private final class Cursor extends ForwardingGrantStore.Cursor {
    Cursor(GrantCursor all) {
      super(all);
    }

    @Override
    public boolean next() {
      boolean found = super.next();
      while (found && hasEnded(hasExpiry(), expiresSeconds(), expiresNanos())) {
        found = super.next();
      }
      return found;
    }
  }
}
