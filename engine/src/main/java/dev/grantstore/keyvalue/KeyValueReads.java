package dev.grantstore.keyvalue;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantView;
import dev.grantstore.Ids;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.RecordReader;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.codec.ValueForm;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import dev.grantstore.packed.PackedKeyspace;
import dev.grantstore.packed.PackedSync;
import dev.grantstore.packed.PageReader;
import dev.grantstore.packed.PagesGoneException;
import dev.grantstore.packed.RowIds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
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
    final PageReader reader = new PageReader();
    final RowIds grantIds = new RowIds(Keyspace.GRANTS);
    final RowIds principalIds = new RowIds(Keyspace.BY_PRINCIPAL);
    private final Thread owner = Thread.currentThread();
    private final Deque<PageReader> readers = new ArrayDeque<>();

    /** A reader for a cursor, which gives it back. */
    PageReader takeReader() {
      PageReader reader = readers.poll();
      return reader == null ? new PageReader() : reader;
    }

    /** Of another thread it is not taken: whoever has the cursor may still be looking at it. */
    void giveBack(PageReader reader) {
      if (Thread.currentThread() == owner && readers.size() < KEPT_READERS) {
        reader.leave();
        readers.push(reader);
      }
    }
  }

  /**
   * Reads pages.
   *
   * @param <T> what is read
   */
  private interface PageRead<T> {
    T in(PackedSync sync) throws Exception;
  }

  private static final int KEPT_READERS = 4;

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
    Scratch mine = scratch.get();
    return ofSync(
        syncId,
        Optional::isPresent,
        row -> {
          KeyPrefix.grant(row.number(), grantId, mine.key);
          YieldPoint.reached("key written");
          return row.packed().isPresent() ? packedGrant(row, mine) : storedGrant(mine);
        });
  }

  @Override
  public boolean get(String syncId, String grantId, GrantView into) {
    Ids.checkGrantId(grantId);
    Objects.requireNonNull(into, "into");
    Scratch mine = scratch.get();
    return ofSync(
        syncId,
        isThere -> isThere,
        row -> {
          KeyPrefix.grant(row.number(), grantId, mine.key);
          YieldPoint.reached("key written");
          return row.packed().isPresent() ? copyPacked(row, mine, into) : copyStored(mine, into);
        });
  }

  @Override
  public List<Optional<Grant>> getAll(String syncId, List<String> grantIds) {
    Batches.checkIds(grantIds);
    Scratch mine = scratch.get();
    return ofSync(
        syncId,
        answers -> false,
        row ->
            row.packed().isPresent()
                ? packedGrants(row, grantIds, mine)
                : storedGrants(row, grantIds, mine));
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    return open(query, ranges -> {}, view::rows, KeyValueDatabase::snapshot);
  }

  @Override
  public GrantPage page(GrantQuery query, int limitRows, PageToken after) {
    PageRequest request = new PageRequest(store, query, limitRows, after);
    try (StoreCursor cursor =
        open(query, request::skipIn, view::briefRows, KeyValueDatabase::briefSnapshot)) {
      return request.read(cursor);
    }
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(entitlement, "entitlement");
    Scratch mine = scratch.get();
    return ofSync(
        syncId,
        found -> found,
        row -> {
          KeyPrefix.holding(row.number(), principal, entitlement, mine.key);
          return row.packed().isPresent() ? packedHolds(row, mine) : storedHolds(mine);
        });
  }

  /**
   * Answers from the rows or pages of a sync. If it is dropped or packed between the catalog's
   * being read and theirs, what was not found means nothing: then the catalog is looked at again.
   */
  private <T> T ofSync(String syncId, Predicate<T> isCertain, Function<SyncRow, T> read) {
    while (true) {
      SyncRow row = catalog.get().require(syncId);
      YieldPoint.reached("number read");
      T answer = read.apply(row);
      YieldPoint.reached("row read");
      if (isCertain.test(answer) || catalog.get().isStill(row)) {
        return answer;
      }
    }
  }

  /** Answers from the pages of a sync; looks for them again if they are gone. */
  private <T> T ofPages(SyncRow row, Keyspace keyspace, PageRead<T> read) {
    while (true) {
      try {
        PackedSync pages = view.packed(row);
        YieldPoint.reached("pages found");
        return read.in(pages);
      } catch (PagesGoneException e) {
        // Or else a snapshot still has them.
        catalog.get().isStill(row);
      } catch (Exception e) {
        byte[] near = KeyPrefix.ofSync(row.number());
        throw Failures.ofRead(database, keyspace, near, near.length, e);
      }
    }
  }

  private Optional<Grant> packedGrant(SyncRow row, Scratch mine) {
    return ofPages(row, Keyspace.GRANTS, sync -> packedGrant(sync.keyspace(Keyspace.GRANTS), mine));
  }

  private static Optional<Grant> packedGrant(PackedKeyspace pages, Scratch mine) throws Exception {
    int found = find(pages, mine);
    Optional<Grant> grant = found < 0 ? Optional.empty() : Optional.of(mine.reader.grant(found));
    mine.reader.leave();
    return grant;
  }

  private boolean copyPacked(SyncRow row, Scratch mine, GrantView into) {
    return ofPages(
        row,
        Keyspace.GRANTS,
        sync -> {
          int found = find(sync.keyspace(Keyspace.GRANTS), mine);
          if (found >= 0) {
            mine.reader.copy(found, into);
          }
          mine.reader.leave();
          return found >= 0;
        });
  }

  /**
   * The row, of the page that the scratch's reader is on then, with the key that it holds; or -1.
   */
  private static int find(PackedKeyspace pages, Scratch mine) throws Exception {
    if (pages.pages() == 0) {
      return -1;
    }
    mine.grantIds.read(mine.key.array(), mine.key.length());
    int number = pages.find(mine.key.array(), mine.key.length());
    YieldPoint.reached("page known");
    mine.reader.open(pages.page(number));
    return mine.reader.find(mine.grantIds);
  }

  private List<Optional<Grant>> packedGrants(SyncRow row, List<String> grantIds, Scratch mine) {
    return ofPages(
        row,
        Keyspace.GRANTS,
        sync -> {
          PackedKeyspace pages = sync.keyspace(Keyspace.GRANTS);
          List<Optional<Grant>> answers = new ArrayList<>(grantIds.size());
          for (String grantId : grantIds) {
            KeyPrefix.grant(row.number(), grantId, mine.key);
            answers.add(packedGrant(pages, mine));
          }
          return answers;
        });
  }

  private boolean packedHolds(SyncRow row, Scratch mine) {
    return ofPages(
        row,
        Keyspace.BY_PRINCIPAL,
        sync -> {
          PackedKeyspace pages = sync.keyspace(Keyspace.BY_PRINCIPAL);
          if (pages.pages() == 0) {
            return false;
          }
          PageReader reader = mine.reader;
          RowIds ids = mine.principalIds;
          ids.read(mine.key.array(), mine.key.length());
          int number = pages.find(mine.key.array(), mine.key.length());
          YieldPoint.reached("page known");
          reader.open(pages.page(number));
          boolean holds = reader.find(ids) >= 0;
          if (!holds && number + 1 < pages.pages() && reader.compare(reader.rows() - 1, ids) < 0) {
            reader.open(pages.page(number + 1));
            holds = reader.find(ids) >= 0;
          }
          reader.leave();
          return holds;
        });
  }

  private Optional<Grant> storedGrant(Scratch mine) {
    if (!findStored(mine)) {
      return Optional.empty();
    }
    Grant grant =
        grant(mine, mine.key.array(), mine.key.length(), mine.value.array(), mine.value.length());
    mine.value.trim();
    return Optional.of(grant);
  }

  private boolean copyStored(Scratch mine, GrantView into) {
    if (!findStored(mine)) {
      return false;
    }
    RowReader row = mine.grantRow;
    try {
      row.read(mine.key.array(), mine.key.length(), mine.value.array(), mine.value.length());
    } catch (MalformedBytesException e) {
      throw Failures.malformed(Keyspace.GRANTS, mine.key.array(), mine.key.length(), e);
    }
    RecordReader rest = row.record();
    into.set(row::id, rest.discoveredSeconds(), rest.discoveredNanos(), rest.needsExpansion());
    if (rest.hasExpiry()) {
      into.setExpiry(rest.expiresSeconds(), rest.expiresNanos());
    }
    mine.value.trim();
    return true;
  }

  /** Whether the row is there whose key the scratch holds; its value is there too then. */
  private boolean findStored(Scratch mine) {
    try {
      return view.get(Keyspace.GRANTS, mine.key.array(), mine.key.length(), mine.value);
    } catch (Exception e) {
      throw Failures.ofRead(database, Keyspace.GRANTS, mine.key.array(), mine.key.length(), e);
    }
  }

  private List<Optional<Grant>> storedGrants(SyncRow row, List<String> grantIds, Scratch mine) {
    List<byte[]> keys = new ArrayList<>(grantIds.size());
    for (String grantId : grantIds) {
      KeyPrefix.grant(row.number(), grantId, mine.key);
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
    return answers;
  }

  private boolean storedHolds(Scratch mine) {
    byte[] prefix = mine.key.toByteArray();
    try {
      return view.any(Keyspace.BY_PRINCIPAL, prefix);
    } catch (Exception e) {
      throw Failures.ofRead(database, Keyspace.BY_PRINCIPAL, prefix, prefix.length, e);
    }
  }

  /** Opens a cursor before the first row of the ranges that are left of a query's. */
  private StoreCursor open(GrantQuery query, Consumer<KeyRanges> skip, Opening one, Taking moment) {
    while (true) {
      SyncRow row = catalog.get().require(query.syncId());
      YieldPoint.reached("number read");
      KeyRanges ranges = KeyRanges.of(query, row.number(), scratch.get().key);
      skip.accept(ranges);
      StoreCursor cursor =
          row.packed().isPresent()
              ? packedCursor(row, ranges)
              : storedCursor(query, row, ranges, one, moment);
      children.add(cursor);
      boolean isRight = false;
      try {
        isRight = catalog.get().isStill(row);
        if (isRight) {
          return cursor;
        }
      } finally {
        if (!isRight) {
          cursor.close();
        }
      }
    }
  }

  private StoreCursor packedCursor(SyncRow row, KeyRanges ranges) {
    return ofPages(
        row,
        ranges.keyspace(),
        sync -> {
          if (!sync.source().retain()) {
            throw new PagesGoneException();
          }
          boolean opened = false;
          try {
            PackedKeyspace pages = sync.keyspace(ranges.keyspace());
            opened = true;
            return new PackedCursor(
                database, pages, sync.source(), ranges, scratch.get(), children);
          } finally {
            if (!opened) {
              sync.source().release();
            }
          }
        });
  }

  private StoreCursor storedCursor(
      GrantQuery query, SyncRow sync, KeyRanges ranges, Opening one, Taking moment) {
    long expectedRows = expectedRows(query, sync, ranges);
    Rows rows;
    try {
      rows = rows(ranges, one, moment);
    } catch (Exception e) {
      throw Failures.ofRead(database, ranges.keyspace(), ranges.from(), ranges.from().length, e);
    }
    YieldPoint.reached("iterator made");
    return new KeyValueCursor(database, rows, ranges, expectedRows, children);
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
}
