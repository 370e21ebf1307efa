package dev.grantstore.lmdb;

import dev.grantstore.Bytes;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.lmdbjava.LmdbException;

/**
 * Every read, on the store as it is now or through a snapshot; the two differ in where sessions and
 * syncs come from. Callers have entered the gate.
 *
 * <p>A read finds the sync's number first and the rows after it. If the sync was dropped in
 * between, the rows are gone and an empty answer would be wrong: where something is not found, the
 * catalog is looked at again.
 */
final class LmdbReads implements GrantReader {
  private final Database database;
  private final SessionSource sessions;
  private final UUID store;
  private final Supplier<SyncCatalog> catalog;
  private final Children children;

  LmdbReads(
      Database database,
      SessionSource sessions,
      UUID store,
      Supplier<SyncCatalog> catalog,
      Children children) {
    this.database = database;
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
    Optional<Grant> found;
    Session session = borrow();
    try {
      synchronized (session) {
        KeyPrefix.grant(sync, grantId, session.key);
        YieldPoint.reached("key written");
        found = session.grant();
      }
    } catch (LmdbException | IllegalArgumentException e) {
      throw unreadable(Keyspace.GRANTS, session, e);
    } finally {
      sessions.giveBack(session);
    }
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
    List<Optional<Grant>> answers = new ArrayList<>(grantIds.size());
    Session session = borrow();
    try {
      synchronized (session) {
        for (String grantId : grantIds) {
          KeyPrefix.grant(sync, grantId, session.key);
          answers.add(session.grant());
          YieldPoint.reached("one of the rows read");
        }
      }
    } catch (LmdbException | IllegalArgumentException e) {
      throw unreadable(Keyspace.GRANTS, session, e);
    } finally {
      sessions.giveBack(session);
    }
    catalog.get().requireStill(syncId, sync);
    return answers;
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    int sync = number(query.syncId());
    byte[] prefix = prefix(query, sync);
    return openCursor(query, sync, prefix, prefix);
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    PageRequest request = new PageRequest(store, query, limitRows, after);
    int sync = number(query.syncId());
    byte[] prefix = prefix(query, sync);
    try (LmdbCursor cursor = openCursor(query, sync, prefix, request.firstKey(prefix))) {
      return request.read(cursor, prefix.length);
    }
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    Ids.checkSyncId(syncId);
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(entitlement, "entitlement");
    int sync = number(syncId);
    boolean found;
    Session session = borrow();
    try {
      synchronized (session) {
        KeyPrefix.holding(sync, principal, entitlement, session.key);
        found = session.hasPrefix(Keyspace.BY_PRINCIPAL);
      }
    } catch (LmdbException | IllegalArgumentException e) {
      throw unreadable(Keyspace.BY_PRINCIPAL, session, e);
    } finally {
      sessions.giveBack(session);
    }
    YieldPoint.reached("index read");
    if (!found) {
      catalog.get().requireStill(syncId, sync);
    }
    return found;
  }

  private static byte[] prefix(GrantQuery query, int sync) {
    TupleWriter key = new TupleWriter();
    KeyPrefix.write(query, sync, key);
    return key.toByteArray();
  }

  private LmdbCursor openCursor(GrantQuery query, int sync, byte[] prefix, byte[] from) {
    Keyspace keyspace = KeyPrefix.keyspace(query);
    LmdbCursor cursor =
        LmdbCursor.open(
            keyspace, prefix, from, database.keyspace(keyspace), borrow(), sessions, children);
    try {
      catalog.get().requireStill(query.syncId(), sync);
      return cursor;
    } catch (RuntimeException e) {
      cursor.close();
      throw e;
    }
  }

  private Session borrow() {
    try {
      Session session = sessions.borrow();
      YieldPoint.reached("session borrowed");
      return session;
    } catch (LmdbException | IllegalArgumentException e) {
      throw LmdbErrors.wrap("read failed", e);
    }
  }

  private static RuntimeException unreadable(
      Keyspace keyspace, Session session, RuntimeException e) {
    Bytes key;
    synchronized (session) {
      key = session.keyRead();
    }
    return LmdbErrors.wrapRead(keyspace.label(), key, e);
  }

  private int number(String syncId) {
    int number = catalog.get().require(syncId).number();
    YieldPoint.reached("number read");
    return number;
  }
}
