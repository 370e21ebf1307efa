package dev.grantstore.mvstore;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
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
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.keyvalue.Batches;
import dev.grantstore.keyvalue.Children;
import dev.grantstore.keyvalue.PageRequest;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.h2.mvstore.MVStoreException;

/**
 * Every read, each on one view from its first step to its last: of the store as it is now, or of a
 * snapshot. Callers have entered the gate.
 */
final class MvReads implements GrantReader {
  private final ViewSource views;
  private final UUID store;
  private final Children children;

  MvReads(ViewSource views, UUID store, Children children) {
    this.views = views;
    this.store = store;
    this.children = children;
  }

  @Override
  public List<SyncRun> syncs() {
    return read(view -> view.catalog().visible());
  }

  @Override
  public Optional<SyncRun> sync(String syncId) {
    return read(view -> view.catalog().find(syncId));
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    Ids.checkSyncId(syncId);
    Ids.checkGrantId(grantId);
    return read(
        view -> {
          int sync = view.catalog().require(syncId).number();
          return grant(view.tree(Keyspace.GRANTS, sync), sync, grantId);
        });
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    Ids.checkSyncId(syncId);
    Batches.checkIds(grantIds);
    return read(
        view -> {
          int sync = view.catalog().require(syncId).number();
          Tree tree = view.tree(Keyspace.GRANTS, sync);
          List<Optional<Grant>> answers = new ArrayList<>(grantIds.size());
          for (String id : grantIds) {
            answers.add(grant(tree, sync, id));
            YieldPoint.reached("one of the rows read");
          }
          return answers;
        });
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    View view = views.hold();
    YieldPoint.reached("view held");
    try {
      byte[] prefix = prefix(query, view);
      return openCursor(query, view, prefix, prefix);
    } finally {
      view.release();
    }
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    PageRequest request = new PageRequest(store, query, limitRows, after);
    View view = views.hold();
    YieldPoint.reached("view held");
    try {
      byte[] prefix = prefix(query, view);
      try (MvCursor cursor = openCursor(query, view, prefix, request.firstKey(prefix))) {
        return request.read(cursor, prefix.length);
      }
    } finally {
      view.release();
    }
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    Ids.checkSyncId(syncId);
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(entitlement, "entitlement");
    return read(
        view -> {
          int sync = view.catalog().require(syncId).number();
          TupleWriter key = new TupleWriter();
          KeyPrefix.holding(sync, principal, entitlement, key);
          byte[] prefix = key.toByteArray();
          // A row's key is longer than the prefix, so the next higher one is the first.
          try {
            byte[] found = view.tree(Keyspace.BY_PRINCIPAL, sync).higherKey(prefix);
            return found != null && MvDatabase.startsWith(found, prefix);
          } catch (MVStoreException e) {
            throw MvErrors.wrapRead(Keyspace.BY_PRINCIPAL.label(), prefix, e);
          }
        });
  }

  /** {@return the grant of that id in a tree of {@link Keyspace#GRANTS}} */
  static Optional<Grant> grant(Tree tree, int sync, String grantId) {
    TupleWriter writer = new TupleWriter();
    KeyPrefix.grant(sync, grantId, writer);
    byte[] key = writer.toByteArray();
    try {
      byte[] value = tree.get(key);
      YieldPoint.reached("row read");
      if (value == null) {
        return Optional.empty();
      }
      RowReader row = new RowReader(Keyspace.GRANTS);
      row.read(key, key.length, value, value.length);
      return Optional.of(row.grant());
    } catch (MVStoreException e) {
      throw MvErrors.wrapRead(Keyspace.GRANTS.label(), key, e);
    } catch (MalformedBytesException e) {
      throw new CorruptionException(
          Keyspace.GRANTS.label(), Bytes.copyOf(key), "row does not decode: " + e.getMessage(), e);
    }
  }

  private static byte[] prefix(GrantQuery query, View view) {
    TupleWriter key = new TupleWriter();
    KeyPrefix.write(query, view.catalog().require(query.syncId()).number(), key);
    return key.toByteArray();
  }

  private MvCursor openCursor(GrantQuery query, View view, byte[] prefix, byte[] from) {
    int sync = view.catalog().require(query.syncId()).number();
    YieldPoint.reached("number read");
    Keyspace keyspace = KeyPrefix.keyspace(query);
    return MvCursor.open(keyspace, view, view.tree(keyspace, sync), prefix, from, children);
  }

  private <T> T read(Function<View, T> read) {
    View view = views.hold();
    YieldPoint.reached("view held");
    try {
      return read.apply(view);
    } finally {
      view.release();
    }
  }
}
