package dev.grantstore.rocksdb;

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
import dev.grantstore.codec.SyncRow;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.keyvalue.Batches;
import dev.grantstore.keyvalue.Children;
import dev.grantstore.keyvalue.PageRequest;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/**
 * Every read, on the store as it is now or through a snapshot; the two differ in the read options
 * and in where the syncs come from. Callers have entered the gate.
 *
 * <p>A read finds the sync's number first and the rows after it. If the sync was dropped in
 * between, the rows are gone and an empty answer would be wrong: where nothing is found, the
 * catalog is looked at again.
 */
final class RocksReads implements GrantReader {
  private static final int MULTI_GET_ROWS = 1_000;

  private final RocksHandles handles;
  private final ReadOptions options;
  private final UUID store;
  private final Supplier<SyncCatalog> catalog;
  private final Children children;
  private final ThreadLocal<Scratch> scratch;

  RocksReads(
      RocksHandles handles,
      ReadOptions options,
      UUID store,
      Supplier<SyncCatalog> catalog,
      Children children,
      ThreadLocal<Scratch> scratch) {
    this.handles = handles;
    this.options = options;
    this.store = store;
    this.catalog = catalog;
    this.children = children;
    this.scratch = scratch;
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
    Ids.checkGrantId(grantId);
    int sync = number(syncId);
    Optional<Grant> found = stored(sync, grantId);
    YieldPoint.reached("row read");
    if (found.isEmpty()) {
      catalog.get().requireStill(syncId, sync);
    }
    return found;
  }

  /**
   * What is stored under an id. A writer that holds the lock may trust an empty answer: nobody
   * drops the sync meanwhile.
   */
  Optional<Grant> stored(int sync, String grantId) {
    Scratch mine = scratch.get();
    KeyPrefix.grant(sync, grantId, mine.key);
    return read(mine, options);
  }

  /** The row whose key the scratch holds. */
  private Optional<Grant> read(Scratch mine, ReadOptions moment) {
    int length;
    try {
      length = mine.get(handles.db(), handles.keyspace(Keyspace.GRANTS), moment);
    } catch (RocksDBException e) {
      throw RocksErrors.wrapRead(Keyspace.GRANTS.label(), keyOf(mine.key), e);
    }
    return length == Scratch.MISSING
        ? Optional.empty()
        : Optional.of(decode(mine, mine.key.array(), mine.key.length(), mine.value, length));
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    Batches.checkIds(grantIds);
    int sync = number(syncId);
    List<byte[]> keys = new ArrayList<>(grantIds.size());
    TupleWriter key = scratch.get().key;
    for (String grantId : grantIds) {
      KeyPrefix.grant(sync, grantId, key);
      keys.add(key.toByteArray());
    }
    List<Optional<Grant>> answers = readAll(keys);
    YieldPoint.reached("rows read");
    catalog.get().requireStill(syncId, sync);
    return answers;
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    int sync = number(query.syncId());
    TupleWriter prefix = scratch.get().key;
    KeyPrefix.write(query, sync, prefix);
    byte[] start = prefix.toByteArray();
    return openCursor(query, sync, start, start);
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    PageRequest request = new PageRequest(store, query, limitRows, after);
    int sync = number(query.syncId());
    TupleWriter key = scratch.get().key;
    KeyPrefix.write(query, sync, key);
    byte[] prefix = key.toByteArray();
    try (RocksCursor cursor = openCursor(query, sync, prefix, request.firstKey(prefix))) {
      return request.read(cursor, prefix.length);
    }
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(entitlement, "entitlement");
    int sync = number(syncId);
    Scratch mine = scratch.get();
    KeyPrefix.holding(sync, principal, entitlement, mine.key);
    boolean found;
    try (RocksIterator it =
        handles.db().newIterator(handles.keyspace(Keyspace.BY_PRINCIPAL), options)) {
      it.seek(Arrays.copyOf(mine.key.array(), mine.key.length()));
      found = it.isValid() && startsWith(mine, it.key(mine.room(mine.key.length())));
      if (!found) {
        it.status();
      }
    } catch (RocksDBException e) {
      throw RocksErrors.wrapRead(Keyspace.BY_PRINCIPAL.label(), keyOf(mine.key), e);
    }
    YieldPoint.reached("index read");
    if (!found) {
      catalog.get().requireStill(syncId, sync);
    }
    return found;
  }

  private static boolean startsWith(Scratch mine, int foundLength) {
    int wanted = mine.key.length();
    return foundLength >= wanted
        && Arrays.equals(mine.value, 0, wanted, mine.key.array(), 0, wanted);
  }

  private RocksCursor openCursor(GrantQuery query, int sync, byte[] prefix, byte[] from) {
    Keyspace keyspace = KeyPrefix.keyspace(query);
    RocksIterator iterator = handles.db().newIterator(handles.keyspace(keyspace), options);
    YieldPoint.reached("iterator made");
    RocksCursor cursor = new RocksCursor(keyspace, prefix, from, iterator, children);
    children.add(cursor);
    try {
      catalog.get().requireStill(query.syncId(), sync);
      return cursor;
    } catch (RuntimeException e) {
      cursor.close();
      throw e;
    }
  }

  /** The rows of all keys as of one moment. */
  private List<Optional<Grant>> readAll(List<byte[]> keys) {
    List<Optional<Grant>> answers = new ArrayList<>(keys.size());
    if (keys.isEmpty()) {
      return answers;
    }
    // Read at once they need no snapshot, which costs a lock and four calls.
    if (keys.size() <= MULTI_GET_ROWS && multiGet(keys, options, answers)) {
      return answers;
    }
    answers.clear();
    YieldPoint.reached("answers cleared");
    try (NativeOwner borrowed = new NativeOwner()) {
      ReadOptions moment = oneMoment(borrowed);
      for (int from = 0; from < keys.size(); from += MULTI_GET_ROWS) {
        int to = Math.min(keys.size(), from + MULTI_GET_ROWS);
        multiGet(keys.subList(from, to), moment, answers);
        YieldPoint.reached("piece read");
      }
    }
    return answers;
  }

  /** Options under which several reads see the same rows. */
  private ReadOptions oneMoment(NativeOwner borrowed) {
    if (options.snapshot() != null) {
      return options;
    }
    Snapshot snapshot = handles.db().getSnapshot();
    YieldPoint.reached("moment taken");
    borrowed.own(
        () -> {
          handles.db().releaseSnapshot(snapshot);
          snapshot.close();
        });
    return borrowed.own(new ReadOptions().setSnapshot(snapshot));
  }

  /**
   * Adds the rows of some keys, read at once. False if a row was found only when it was asked for
   * again: without a snapshot these may be rows of two moments.
   */
  private boolean multiGet(List<byte[]> keys, ReadOptions moment, List<Optional<Grant>> answers) {
    List<byte @Nullable []> values;
    try {
      values =
          handles
              .db()
              .multiGetAsList(
                  moment,
                  Collections.nCopies(keys.size(), handles.keyspace(Keyspace.GRANTS)),
                  keys);
    } catch (RocksDBException e) {
      throw RocksErrors.wrapRead(Keyspace.GRANTS.label(), Bytes.copyOf(keys.get(0)), e);
    }
    YieldPoint.reached("values read");
    Scratch mine = scratch.get();
    boolean foundLate = false;
    for (int i = 0; i < keys.size(); i++) {
      byte[] value = values.get(i);
      byte[] key = keys.get(i);
      if (value == null) {
        // RocksDB's multi-get gives no value for a row that cannot be read, and no error
        // (facebook/rocksdb#12741); its get does. What that does not find either was not there.
        mine.key.reset();
        mine.key.putEncoded(key, 0, key.length);
        Optional<Grant> late = read(mine, moment);
        foundLate |= late.isPresent();
        answers.add(late);
      } else {
        answers.add(Optional.of(decode(mine, key, key.length, value, value.length)));
      }
    }
    return !foundLate;
  }

  private static Grant decode(Scratch mine, byte[] key, int keyLength, byte[] value, int length) {
    try {
      mine.grantRow.read(key, keyLength, value, length);
      return mine.grantRow.grant();
    } catch (MalformedBytesException e) {
      throw new CorruptionException(
          Keyspace.GRANTS.label(),
          Bytes.copyOf(key, 0, keyLength),
          "row does not decode: " + e.getMessage(),
          e);
    }
  }

  private int number(String syncId) {
    SyncRow row = catalog.get().require(syncId);
    YieldPoint.reached("number read");
    return row.number();
  }

  private static Bytes keyOf(TupleWriter key) {
    return Bytes.copyOf(key.array(), 0, key.length());
  }
}
