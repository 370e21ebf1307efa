package dev.grantstore.example;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.Ids;
import dev.grantstore.PageToken;
import dev.grantstore.PageTokenFormat;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Every read, of what a store or a snapshot holds now. Thread-safe. */
abstract class ExampleReader implements GrantReader {
  private final UUID store;

  ExampleReader(UUID store) {
    this.store = store;
  }

  /**
   * {@return what is held now}
   *
   * @throws IllegalStateException once closed
   */
  abstract Syncs now();

  @Override
  public final List<SyncRun> syncs() {
    return now().tables().values().stream().map(Syncs.Table::run).toList();
  }

  @Override
  public final Optional<SyncRun> sync(String syncId) {
    Ids.checkSyncId(syncId);
    return Optional.ofNullable(now().tables().get(syncId)).map(Syncs.Table::run);
  }

  @Override
  public final Optional<Grant> get(String syncId, String grantId) {
    return getAll(syncId, List.of(grantId)).get(0);
  }

  @Override
  public final List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    Ids.checkSyncId(syncId);
    List<String> asked = checkedIds(grantIds);
    Syncs.Table table = now().table(syncId);
    return asked.stream().map(id -> Optional.ofNullable(table.grants().get(id))).toList();
  }

  @Override
  public final GrantCursor cursor(GrantQuery query) {
    return new ExampleCursor(list(query), this::now);
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(after, "page token");
    if (limitRows < 1) {
      throw new IllegalArgumentException("page limit must be at least 1: " + limitRows);
    }
    List<Grant> left = list(query);
    if (!after.isStart()) {
      Grant last = Position.row(PageTokenFormat.read(store, query, after));
      Comparator<Grant> order = RowOrder.of(query);
      left = left.stream().filter(row -> order.compare(row, last) > 0).toList();
    }
    int rows = Math.min(limitRows, MAX_PAGE_ROWS);
    if (rows >= left.size()) {
      return new GrantPage(left, Optional.empty());
    }
    byte[] position = Position.of(left.get(rows - 1));
    PageToken next = PageTokenFormat.write(store, query, position);
    return new GrantPage(left.subList(0, rows), Optional.of(next));
  }

  @Override
  public final boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    Objects.requireNonNull(principal, "principal");
    GrantQuery query = new GrantQuery.ByEntitlement(syncId, entitlement);
    return list(query).stream().anyMatch(grant -> grant.principal().equals(principal));
  }

  /** {@return what the query asks for, in its order} */
  List<Grant> list(GrantQuery query) {
    Syncs.Table table = now().table(query.syncId());
    return table.grants().values().stream()
        .filter(grant -> RowOrder.matches(query, grant))
        .sorted(RowOrder.of(query))
        .toList();
  }

  /** {@return a copy; a bad id is refused with its index} */
  static List<String> checkedIds(Collection<String> ids) {
    List<String> copy = new ArrayList<>();
    for (String id : ids) {
      String name = "grant id " + copy.size();
      if (Ids.check(name, id).isEmpty()) {
        throw new IllegalArgumentException(name + " is empty");
      }
      copy.add(id);
    }
    return copy;
  }
}
