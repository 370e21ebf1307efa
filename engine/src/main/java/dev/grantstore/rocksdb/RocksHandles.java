package dev.grantstore.rocksdb;

import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.DbPath;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.WriteOptions;

/**
 * Owns every native object that lives as long as the store, and releases them in reverse order of
 * their making. If opening fails half-way, what was made is released.
 *
 * <p>Not thread-safe in {@link #close}: the store shuts its gate first.
 */
final class RocksHandles implements AutoCloseable {
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
  private static final String PAGES = "packed";

  /** What of the cache's memory is for what there is less of: blocks of rows, or else pages. */
  private static final int LESSER_SHARE = 4;

  /** What of the heap pages may take. */
  private static final int HEAP_SHARE = 4;

  private final NativeOwner owner;
  private final Map<Keyspace, ColumnFamilyHandle> keyspaces = new EnumMap<>(Keyspace.class);
  private final StoreOptions options;
  private final RocksSettings settings;
  private final Cache cache;
  private final RocksDB db;
  private final List<ColumnFamilyDescriptor> descriptors;
  private @Nullable Statistics statistics;
  private final @Nullable ColumnFamilyHandle pages;
  private final ReadOptions readOptions;
  private final ReadOptions pageReadOptions;
  private final WriteOptions writeOptions;
  private final WriteOptions durableWrite;

  private RocksHandles(
      Path folder,
      Path list,
      StoreOptions options,
      RocksSettings settings,
      boolean create,
      NativeOwner owner)
      throws RocksDBException {
    this.options = options;
    this.settings = settings;
    this.owner = owner;
    try {
      cache = owner.own(new LRUCache(options.cacheBytes() - pageShare()));
      DBOptions database =
          RocksTuning.database(owner, settings, tables(folder), isInMemory(folder));
      if (settings.countsStatistics()) {
        statistics = owner.own(new Statistics());
        database.setStatistics(statistics);
      }
      boolean isRead = options.mode() == OpenMode.READ_ONLY;
      database.setCreateIfMissing(create).setCreateMissingColumnFamilies(!isRead);
      // A store of an older format that is only read has no pages, and gets none.
      boolean hasPages = !isRead || hasPages(list);
      descriptors = descriptors(hasPages);
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      String path = list.toString();
      if (!list.equals(folder)) {
        database
            .setDbPaths(List.of(new DbPath(folder, Long.MAX_VALUE)))
            .setWalDir(folder.toString());
      }
      db =
          owner.own(
              isRead
                  ? RocksDB.openReadOnly(database, path, descriptors, handles)
                  : RocksDB.open(database, path, descriptors, handles));
      handles.forEach(owner::own);
      keyspaces.put(Keyspace.META, handles.get(0));
      for (Keyspace keyspace : Keyspace.OF_GRANTS) {
        keyspaces.put(keyspace, handles.get(keyspaces.size()));
      }
      pages = hasPages ? handles.get(handles.size() - 1) : null;
      readOptions = owner.own(new ReadOptions());
      // Pages are cached as they are read, not as they are stored.
      pageReadOptions = owner.own(new ReadOptions().setFillCache(false));
      writeOptions = owner.own(new WriteOptions());
      switch (options.durability()) {
        case SYNC -> writeOptions.setSync(true);
        case WAL -> writeOptions.setSync(false);
        case BULK -> writeOptions.setDisableWAL(true);
      }
      durableWrite = owner.own(new WriteOptions().setSync(true));
    } catch (RocksDBException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private static boolean isInMemory(Path folder) {
    try {
      return IN_MEMORY.contains(Files.getFileStore(folder).type());
    } catch (IOException e) {
      return false;
    }
  }

  static RocksHandles open(
      Path folder, StoreOptions options, RocksSettings settings, boolean create)
      throws RocksDBException {
    return open(folder, options, settings, create, new NativeOwner());
  }

  /** Hands everything that it makes over to {@code owner}, and closes that when it fails. */
  static RocksHandles open(
      Path folder, StoreOptions options, RocksSettings settings, boolean create, NativeOwner owner)
      throws RocksDBException {
    return new RocksHandles(folder, folder, options, settings, create, owner);
  }

  /**
   * Opens a database for reading, with another list of its files. Takes the owner over, as above.
   *
   * @param list the folder with the list: CURRENT and the manifest
   */
  static RocksHandles openListed(
      Path folder, Path list, StoreOptions reading, RocksSettings settings, NativeOwner owner)
      throws RocksDBException {
    return new RocksHandles(folder, list, reading, settings, false, owner);
  }

  RocksDB db() {
    return db;
  }

  ColumnFamilyHandle keyspace(Keyspace keyspace) {
    ColumnFamilyHandle handle = keyspaces.get(keyspace);
    if (handle == null) {
      throw new IllegalStateException("keyspace is not open: " + keyspace);
    }
    return handle;
  }

  /** Whether there are pages; not in a store of an older format that is only read. */
  boolean hasPages() {
    return pages != null;
  }

  /** That of all pages. */
  ColumnFamilyHandle pages() {
    ColumnFamilyHandle handle = pages;
    if (handle == null) {
      throw new IllegalStateException("store has no pages");
    }
    return handle;
  }

  List<ColumnFamilyHandle> all() {
    List<ColumnFamilyHandle> all = new ArrayList<>(keyspaces.values());
    if (pages != null) {
      all.add(pages);
    }
    return all;
  }

  RocksSettings settings() {
    return settings;
  }

  Cache cache() {
    return cache;
  }

  /** The options the grants' keyspace was opened with. */
  ColumnFamilyOptions grantOptions() {
    return descriptors.get(1).getOptions();
  }

  /** The engine's counters, if the store was opened with them. */
  @Nullable Statistics statistics() {
    return statistics;
  }

  StoreOptions options() {
    return options;
  }

  ReadOptions readOptions() {
    return readOptions;
  }

  ReadOptions pageReadOptions() {
    return pageReadOptions;
  }

  /** With the durability the store was opened with. */
  WriteOptions writeOptions() {
    return writeOptions;
  }

  /** Durable when it returns, in every mode. */
  WriteOptions durableWrite() {
    return durableWrite;
  }

  /** Options for files to be ingested into a keyspace; released with {@code borrower}. */
  Options fileOptions(NativeOwner borrower, Keyspace keyspace) {
    return RocksTuning.ingestedFile(borrower, cache, settings, isAskedForSingleKeys(keyspace));
  }

  /** Options for files to be ingested into the pages; released with {@code borrower}. */
  Options pageFileOptions(NativeOwner borrower) {
    return RocksTuning.ingestedPages(borrower, cache, settings);
  }

  /** Writes to files what is in memory, of all keyspaces, and waits for it. */
  void flush() throws RocksDBException {
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
      db.flush(wait, all());
    }
  }

  /** What pages that were read may take of the heap; all else needs some too. */
  long pageCacheBytes() {
    return Math.min(pageShare(), Runtime.getRuntime().maxMemory() / HEAP_SHARE);
  }

  private long pageShare() {
    long lesser = options.cacheBytes() / LESSER_SHARE;
    return settings.packs() ? options.cacheBytes() - lesser : lesser;
  }

  @Override
  public void close() {
    owner.close();
  }

  private static boolean hasPages(Path list) throws RocksDBException {
    try (Options reading = new Options()) {
      return RocksDB.listColumnFamilies(reading, list.toString()).stream()
          .anyMatch(name -> Arrays.equals(name, PAGES.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private List<ColumnFamilyDescriptor> descriptors(boolean hasPages) {
    List<ColumnFamilyDescriptor> all = new ArrayList<>();
    all.add(descriptor(Keyspace.META.label(), true));
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      all.add(descriptor(keyspace.label(), isAskedForSingleKeys(keyspace)));
    }
    if (hasPages) {
      all.add(
          new ColumnFamilyDescriptor(
              PAGES.getBytes(StandardCharsets.UTF_8), RocksTuning.pages(owner, cache, settings)));
    }
    return all;
  }

  private ColumnFamilyDescriptor descriptor(String name, boolean filter) {
    ColumnFamilyOptions keyspace = RocksTuning.keyspace(owner, cache, settings, filter);
    return new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), keyspace);
  }

  /** A folder that cannot be read is RocksDB's to refuse. */
  private static int tables(Path folder) {
    String @Nullable [] tables = folder.toFile().list((in, name) -> name.endsWith(".sst"));
    return tables == null ? 0 : tables.length;
  }

  private static boolean isAskedForSingleKeys(Keyspace keyspace) {
    return keyspace == Keyspace.GRANTS;
  }
}
