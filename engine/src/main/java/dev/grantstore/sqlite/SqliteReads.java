package dev.grantstore.sqlite;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.Ids;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.keyvalue.Batches;
import dev.grantstore.keyvalue.Children;
import dev.grantstore.keyvalue.PageRequest;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Every read, on the store as it is now or through a snapshot; the two differ in where sessions and
 * syncs come from. Callers have entered the gate.
 *
 * <p>A read finds the sync's number first and the rows after it. If the sync was dropped in
 * between, the rows are gone and an empty answer would be wrong: where something is not found, the
 * catalog is looked at again.
 */
final class SqliteReads implements GrantReader {
  /** Reads something from a session. */
  private interface Read<T> {
    T from(Session session) throws SQLException;
  }

  /** For reads that end before they return, and for cursors. */
  private final SessionSource brief;

  private final SessionSource sessions;
  private final UUID store;
  private final Supplier<SyncCatalog> catalog;
  private final Children children;

  SqliteReads(
      SessionSource brief,
      SessionSource sessions,
      UUID store,
      Supplier<SyncCatalog> catalog,
      Children children) {
    this.brief = brief;
    this.sessions = sessions;
    this.store = store;
    this.catalog = catalog;
    this.children = children;
  }

  @Override
  public List<SyncRun> syncs() {
    return catalog.get().visible();
  }

  @Override
  public Optional<SyncRun> sync(String syncId) {
    return catalog.get().find(syncId);
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    Ids.checkSyncId(syncId);
    Ids.checkGrantId(grantId);
    int sync = number(syncId);
    byte[] key = grantKey(sync, grantId);
    Optional<Grant> found = read(Keyspace.GRANTS, key, session -> session.grant(key));
    YieldPoint.reached("row read");
    if (found.isEmpty()) {
      catalog.get().requireStill(syncId, sync);
    }
    return found;
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    Ids.checkSyncId(syncId);
    Batches.checkIds(grantIds);
    int sync = number(syncId);
    List<Optional<Grant>> answers =
        read(
            Keyspace.GRANTS,
            grantKey(sync, ""),
            session -> grantsAtOneMoment(session, sync, grantIds));
    YieldPoint.reached("rows read");
    catalog.get().requireStill(syncId, sync);
    return answers;
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    int sync = number(query.syncId());
    byte[] prefix = prefix(query, sync);
    return openCursor(query, sync, prefix, prefix, sessions);
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    PageRequest request = new PageRequest(store, query, limitRows, after);
    int sync = number(query.syncId());
    byte[] prefix = prefix(query, sync);
    try (SqliteCursor cursor = openCursor(query, sync, prefix, request.firstKey(prefix), brief)) {
      return request.read(cursor, prefix.length);
    }
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    Ids.checkSyncId(syncId);
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(entitlement, "entitlement");
    int sync = number(syncId);
    TupleWriter key = new TupleWriter();
    KeyPrefix.holding(sync, principal, entitlement, key);
    byte[] prefix = key.toByteArray();
    boolean found =
        read(
            Keyspace.BY_PRINCIPAL,
            prefix,
            session ->
                session.hasAny(
                    Schema.table(Keyspace.BY_PRINCIPAL).any(), prefix, Schema.endOf(prefix)));
    YieldPoint.reached("index read");
    if (!found) {
      catalog.get().requireStill(syncId, sync);
    }
    return found;
  }

  /** {@return the key of a grant} */
  static byte[] grantKey(int sync, String grantId) {
    TupleWriter key = new TupleWriter();
    KeyPrefix.grant(sync, grantId, key);
    return key.toByteArray();
  }

  private static byte[] prefix(GrantQuery query, int sync) {
    TupleWriter key = new TupleWriter();
    KeyPrefix.write(query, sync, key);
    return key.toByteArray();
  }

  private SqliteCursor openCursor(
      GrantQuery query, int sync, byte[] prefix, byte[] from, SessionSource source) {
    Keyspace keyspace = KeyPrefix.keyspace(query);
    SqliteCursor cursor = SqliteCursor.open(keyspace, from, Schema.endOf(prefix), source, children);
    try {
      catalog.get().requireStill(query.syncId(), sync);
      return cursor;
    } catch (RuntimeException e) {
      cursor.close();
      throw e;
    }
  }

  private static List<Optional<Grant>> grantsAtOneMoment(
      Session session, int sync, List<String> ids) throws SQLException {
    boolean pinnedHere = !session.isPinned();
    if (pinnedHere) {
      session.pin();
    }
    try {
      List<Optional<Grant>> answers = new ArrayList<>(ids.size());
      for (String id : ids) {
        answers.add(session.grant(grantKey(sync, id)));
        YieldPoint.reached("one of the rows read");
      }
      return answers;
    } finally {
      if (pinnedHere) {
        session.unpin();
      }
    }
  }

  private <T> T read(Keyspace keyspace, byte[] key, Read<T> read) {
    try {
      Session session = brief.borrow();
      YieldPoint.reached("session borrowed");
      try {
        synchronized (session) {
          return read.from(session);
        }
      } finally {
        brief.giveBack(session);
      }
    } catch (SQLException e) {
      throw SqliteErrors.wrapRead(keyspace.label(), key, e);
    }
  }

  private int number(String syncId) {
    int number = catalog.get().require(syncId).number();
    YieldPoint.reached("number read");
    return number;
  }
}
