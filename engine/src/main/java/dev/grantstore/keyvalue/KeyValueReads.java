package dev.grantstore.keyvalue;

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
import dev.grantstore.codec.ValueForm;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every read, on the store as it is now or through a snapshot; the two differ in the view and in
 * where the syncs come from. Callers have entered the gate.
 *
 * <p>A read finds the sync's number first and the rows after it. If the sync was dropped in
 * between, the rows are gone and an empty answer would be wrong: where something is not found, the
 * catalog is looked at again.
 */
final class KeyValueReads implements GrantReader {
  /** The buffers of one reading thread, used again and again. */
  static final class Scratch {
    final TupleWriter key = new TupleWriter();
    final RowBytes value = new RowBytes();
    final RowReader grantRow = new RowReader(Keyspace.GRANTS);
  }

  /** Opens rows of a view. */
  private interface Opening {
    Rows open(Keyspace keyspace, byte[] prefix, byte[] from) throws Exception;
  }

  /** Takes a view of this moment, which the caller closes. */
  private interface Taking {
    View take(KeyValueDatabase database) throws Exception;
  }

  private final KeyValueDatabase database;
  private final View given;

  /** That one, with its checksums read where it has any. */
  private final View view;

  private final UUID store;
  private final Supplier<SyncCatalog> catalog;
  private final Children children;
  private final ThreadLocal<Scratch> scratch;

  KeyValueReads(
      KeyValueDatabase database,
      View view,
      UUID store,
      Supplier<SyncCatalog> catalog,
      Children children,
      ThreadLocal<Scratch> scratch) {
    this.database = database;
    this.given = view;
    this.view = checked(view);
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
    Scratch mine = scratch.get();
    KeyPrefix.grant(sync, grantId, mine.key);
    YieldPoint.reached("key written");
    boolean found = read(mine);
    YieldPoint.reached("row read");
    if (!found) {
      catalog.get().requireStill(syncId, sync);
      return Optional.empty();
    }
    Grant grant =
        grant(mine, mine.key.array(), mine.key.length(), mine.value.array(), mine.value.length());
    mine.value.trim();
    return Optional.of(grant);
  }

  /** Whether the row is there whose key the scratch holds. */
  private boolean read(Scratch mine) {
    try {
      return view.get(Keyspace.GRANTS, mine.key.array(), mine.key.length(), mine.value);
    } catch (Exception e) {
      throw Failures.ofRead(database, Keyspace.GRANTS, mine.key.array(), mine.key.length(), e);
    }
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    Batches.checkIds(grantIds);
    int sync = number(syncId);
    Scratch mine = scratch.get();
    List<byte[]> keys = new ArrayList<>(grantIds.size());
    for (String grantId : grantIds) {
      KeyPrefix.grant(sync, grantId, mine.key);
      keys.add(mine.key.toByteArray());
    }
    List<byte @Nullable []> values;
    try {
      values = keys.isEmpty() ? List.of() : view.getAll(Keyspace.GRANTS, keys);
    } catch (Exception e) {
      byte[] first = keys.get(0);
      throw Failures.ofRead(database, Keyspace.GRANTS, first, first.length, e);
    }
    YieldPoint.reached("rows read");
    List<Optional<Grant>> answers = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      byte[] key = keys.get(i);
      byte[] value = values.get(i);
      answers.add(
          value == null
              ? Optional.empty()
              : Optional.of(grant(mine, key, key.length, value, value.length)));
    }
    catalog.get().requireStill(syncId, sync);
    return answers;
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    SyncRow sync = row(query.syncId());
    KeyRanges ranges = ranges(query, sync.number());
    return open(query, sync, ranges, view::rows, KeyValueDatabase::snapshot);
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    PageRequest request = new PageRequest(store, query, limitRows, after);
    SyncRow sync = row(query.syncId());
    KeyRanges ranges = ranges(query, sync.number());
    request.skipIn(ranges);
    try (KeyValueCursor cursor =
        open(query, sync, ranges, view::briefRows, KeyValueDatabase::briefSnapshot)) {
      return request.read(cursor, ranges);
    }
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(entitlement, "entitlement");
    int sync = number(syncId);
    TupleWriter key = scratch.get().key;
    KeyPrefix.holding(sync, principal, entitlement, key);
    byte[] prefix = key.toByteArray();
    boolean found;
    try {
      found = view.any(Keyspace.BY_PRINCIPAL, prefix);
    } catch (Exception e) {
      throw Failures.ofRead(database, Keyspace.BY_PRINCIPAL, prefix, prefix.length, e);
    }
    YieldPoint.reached("index read");
    if (!found) {
      catalog.get().requireStill(syncId, sync);
    }
    return found;
  }

  private KeyRanges ranges(GrantQuery query, int sync) {
    return KeyRanges.of(query, sync, scratch.get().key);
  }

  /** Opens a cursor. */
  private KeyValueCursor open(
      GrantQuery query, SyncRow sync, KeyRanges ranges, Opening one, Taking moment) {
    long expectedRows = expectedRows(query, sync, ranges);
    Rows rows;
    try {
      rows = rows(ranges, one, moment);
    } catch (Exception e) {
      throw Failures.ofRead(database, ranges.keyspace(), ranges.from(), ranges.from().length, e);
    }
    YieldPoint.reached("iterator made");
    KeyValueCursor cursor =
        new KeyValueCursor(
            database, ranges.keyspace(), ranges.from(), rows, expectedRows, children);
    children.add(cursor);
    try {
      catalog.get().requireStill(query.syncId(), sync.number());
      return cursor;
    } catch (RuntimeException e) {
      cursor.close();
      throw e;
    }
  }

  /** How many rows a list must have, where the sync's row says so. */
  private static long expectedRows(GrantQuery query, SyncRow sync, KeyRanges ranges) {
    if (sync.run().state() != SyncRun.State.SEALED || !ranges.isAtStart()) {
      return SyncRow.UNKNOWN;
    }
    if (query instanceof GrantQuery.Scan) {
      return sync.content().count();
    }
    return query instanceof GrantQuery.NeedingExpansion ? sync.needingExpansion() : SyncRow.UNKNOWN;
  }

  /** Of several ranges through a view of one moment, unless rows stay at theirs as they move. */
  private Rows rows(KeyRanges ranges, Opening one, Taking moment) throws Exception {
    if (ranges.left() == 0) {
      return RangesRows.NONE;
    }
    if (ranges.left() == 1 || view.rowsMove() || given != database.live()) {
      Rows first = one.open(ranges.keyspace(), ranges.prefix(), ranges.from());
      return ranges.left() == 1 ? first : new RangesRows(first, view, false, ranges);
    }
    View taken = checked(moment.take(database));
    boolean opened = false;
    try {
      Rows first = taken.rows(ranges.keyspace(), ranges.prefix(), ranges.from());
      opened = true;
      return new RangesRows(first, taken, true, ranges);
    } finally {
      if (!opened) {
        taken.close();
      }
    }
  }

  private View checked(View of) {
    return database.valueForm() == ValueForm.CHECKED
        ? new CheckedView(of, of == database.live())
        : of;
  }

  private static Grant grant(
      Scratch mine, byte[] key, int keyLength, byte[] value, int valueLength) {
    try {
      mine.grantRow.read(key, keyLength, value, valueLength);
      return mine.grantRow.grant();
    } catch (MalformedBytesException e) {
      throw Failures.malformed(Keyspace.GRANTS, key, keyLength, e);
    }
  }

  private int number(String syncId) {
    return row(syncId).number();
  }

  private SyncRow row(String syncId) {
    SyncRow row = catalog.get().require(syncId);
    YieldPoint.reached("number read");
    return row;
  }
}
