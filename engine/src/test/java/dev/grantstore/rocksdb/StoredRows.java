package dev.grantstore.rocksdb;

import static dev.grantstore.ContentDigest.EMPTY;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import dev.grantstore.layout.RowReader;
import dev.grantstore.packed.PackedKeyspace;
import dev.grantstore.packed.PackedSync;
import dev.grantstore.packed.PageReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Every row of a closed store, past our own reading code, and whether the keyspaces agree. */
final class StoredRows {
  private final SyncCatalog catalog;
  private final Set<Integer> pageNumbers = new TreeSet<>();
  private final Map<Keyspace, Map<Integer, Map<String, Row>>> rows = new EnumMap<>(Keyspace.class);

  /** What is kept of a row: enough to tell any two grants apart. */
  private record Row(ContentDigest content, boolean needsExpansion) {}

  private StoredRows(RocksHandles handles) throws Exception {
    catalog = catalog(handles);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      rows.put(keyspace, read(handles, keyspace));
    }
    RocksPages pages = new RocksPages(handles);
    for (SyncRow sync : catalog.rows().values()) {
      if (sync.packed().isPresent()) {
        readPages(sync, requireNonNull(pages.live(sync)));
      }
    }
    try (RocksIterator it = handles.db().newIterator(handles.pages(), handles.readOptions())) {
      for (it.seekToFirst(); it.isValid(); it.next()) {
        pageNumbers.add(ByteBuffer.wrap(it.key()).getInt());
      }
      it.status();
    }
  }

  /** A packed sync has no rows, and its pages hold what rows would. */
  private void readPages(SyncRow sync, PackedSync packed) throws Exception {
    PageReader reader = new PageReader();
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      assertThat(grants(keyspace, sync)).as("rows of a packed sync in %s", keyspace).isEmpty();
      Map<String, Row> found = new TreeMap<>();
      PackedKeyspace pages = packed.keyspace(keyspace);
      for (int number = 0; number < pages.pages(); number++) {
        reader.open(pages.page(number));
        for (int row = 0; row < reader.rows(); row++) {
          Grant grant = reader.grant(row);
          DigestAccumulator content = new DigestAccumulator();
          content.add(grant);
          found.put(grant.id(), new Row(content.digest(), grant.needsExpansion()));
        }
      }
      requireNonNull(rows.get(keyspace)).put(sync.number(), found);
    }
  }

  /** {@return the syncs in a database, which stays open} */
  static SyncCatalog catalog(RocksHandles handles) throws RocksDBException {
    CatalogRows rows = new CatalogRows();
    byte[] prefix = MetaKeys.syncPrefix();
    ColumnFamilyHandle meta = handles.keyspace(Keyspace.META);
    try (RocksIterator it = handles.db().newIterator(meta, handles.readOptions())) {
      for (it.seek(prefix); it.isValid(); it.next()) {
        rows.add(it.key(), it.value());
      }
      it.status();
    }
    return rows.catalog(
        handles.db().get(meta, MetaKeys.commit()), handles.db().get(meta, MetaKeys.nextSync()));
  }

  /**
   * Fails unless every keyspace holds exactly the rows of the syncs in the catalog, the indexes the
   * same grants as the primary, and every sync what its row says.
   */
  static void assertConsistent(Path store) {
    try (RocksHandles handles = open(store)) {
      new StoredRows(handles).check();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** {@return whether a sync of a closed store is pages} */
  static boolean isPacked(Path store, String sync) throws RocksDBException {
    try (RocksHandles handles = open(store)) {
      return catalog(handles).require(sync).packed().isPresent();
    }
  }

  private static RocksHandles open(Path store) throws RocksDBException {
    RocksLibrary.load();
    StoreOptions options = StoreOptions.of(OpenMode.READ_ONLY).withCacheBytes(1 << 20);
    return RocksHandles.open(store.resolve("db"), options, RocksSettings.of(options), false);
  }

  private void check() {
    Set<Integer> known =
        catalog.rows().values().stream().map(SyncRow::number).collect(Collectors.toSet());
    assertThat(catalog.rows().values())
        .as("loads that were not undone")
        .noneMatch(SyncRow::loading);
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      assertThat(numbers(keyspace)).as("syncs with rows in %s", keyspace).isSubsetOf(known);
    }
    assertThat(pageNumbers).as("syncs with pages").isSubsetOf(known);
    for (SyncRow sync : catalog.rows().values()) {
      Map<String, Row> grants = grants(Keyspace.GRANTS, sync);
      String what = sync.run().id();
      assertThat(grants(Keyspace.BY_ENTITLEMENT, sync)).as(what).isEqualTo(grants);
      assertThat(grants(Keyspace.BY_PRINCIPAL, sync)).as(what).isEqualTo(grants);
      assertThat(grants(Keyspace.NEEDS_EXPANSION, sync))
          .as(what)
          .isEqualTo(only(grants, Row::needsExpansion));
      assertThat(sync.content()).as(what).isEqualTo(digest(grants));
      assertThat(sync.run().digest().orElse(sync.content())).as(what).isEqualTo(sync.content());
    }
  }

  private Set<Integer> numbers(Keyspace keyspace) {
    return new TreeSet<>(rows.getOrDefault(keyspace, Map.of()).keySet());
  }

  private Map<String, Row> grants(Keyspace keyspace, SyncRow sync) {
    return rows.getOrDefault(keyspace, Map.of()).getOrDefault(sync.number(), Map.of());
  }

  private static Map<Integer, Map<String, Row>> read(RocksHandles handles, Keyspace keyspace)
      throws RocksDBException, MalformedBytesException {
    Map<Integer, Map<String, Row>> found = new TreeMap<>();
    RowReader reader = new RowReader(keyspace);
    try (RocksIterator it =
        handles.db().newIterator(handles.keyspace(keyspace), handles.readOptions())) {
      for (it.seekToFirst(); it.isValid(); it.next()) {
        byte[] key = it.key();
        byte[] value = it.value();
        reader.read(key, key.length, value, value.length);
        Grant grant = reader.grant();
        DigestAccumulator content = new DigestAccumulator();
        content.add(grant);
        Row other =
            found
                .computeIfAbsent(ByteBuffer.wrap(key).getInt(), sync -> new TreeMap<>())
                .put(grant.id(), new Row(content.digest(), grant.needsExpansion()));
        assertThat(other).as("second row of %s in %s", grant.id(), keyspace).isNull();
      }
      it.status();
    }
    return found;
  }

  private static Map<String, Row> only(Map<String, Row> grants, Predicate<Row> which) {
    Map<String, Row> left = new TreeMap<>(grants);
    left.values().removeIf(which.negate());
    return left;
  }

  private static ContentDigest digest(Map<String, Row> grants) {
    return grants.values().stream().map(Row::content).reduce(EMPTY, ContentDigest::plus);
  }
}
