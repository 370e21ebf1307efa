package dev.grantstore.container;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.StoreStats;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.keyvalue.Batch;
import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.KeyValueStore;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.Rows;
import dev.grantstore.keyvalue.View;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import dev.grantstore.packed.PackedSync;
import dev.grantstore.packed.PageCache;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** A container under a store that is read only: all of its syncs are packed, and none has rows. */
final class ContainerDatabase implements KeyValueDatabase {
  /** What pages that were read may take of the heap; all else needs some too. */
  private static final int HEAP_SHARE = 4;

  private final ContainerFile file;
  private final PageIndex index;
  private final PageCache cache;
  private final Pages pages;

  private ContainerDatabase(ContainerFile file, long cacheBytes) {
    this.file = file;
    index = file.index();
    cache = new PageCache(Math.min(cacheBytes, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
    pages = new Pages(file, index, cache);
  }

  /**
   * {@return a store over a container, which is closed with it, or if this fails}
   *
   * @param cacheBytes memory for pages that were read
   */
  static KeyValueStore store(ContainerFile file, long cacheBytes) {
    try {
      ContainerDatabase database = new ContainerDatabase(file, cacheBytes);
      CatalogRows rows = new CatalogRows();
      List<Contents.Sync> syncs = file.contents().syncs();
      syncs.forEach(sync -> rows.add(MetaKeys.sync(sync.run().id()), sync.row().encode()));
      byte[] next = ByteBuffer.allocate(Integer.BYTES).putInt(syncs.size()).array();
      // A copy of the file is the same store to page tokens, and another content never is.
      UUID identity = new UUID(file.frame().hash(), file.frame().manifestHash());
      return KeyValueStore.forReading(
          database,
          rows.catalog(null, next),
          new KeyValueStore.Place(identity, file.path(), () -> {}));
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  @Override
  public View live() {
    return pages;
  }

  @Override
  public View snapshot() {
    return pages;
  }

  @Override
  public Batch begin(boolean durably) {
    throw readOnly();
  }

  @Override
  public void sync() {}

  /** Its identity is its content's, so another one with that content cannot be another store. */
  @Override
  public Checkpoint checkpoint(Path folder, CheckpointFiles files) {
    throw new GrantStoreException(
        Reason.UNSUPPORTED,
        "a container is one file that never changes, of which a copy or a link is the same store: "
            + file.path());
  }

  @Override
  public StoreStats stats() {
    List<StoreStats.Keyspace> keyspaces = new ArrayList<>();
    for (int keyspace = 0; keyspace < Keyspace.OF_GRANTS.size(); keyspace++) {
      keyspaces.add(keyspace(keyspace));
    }
    SortedMap<String, String> figures = new TreeMap<>();
    figures.put("page-cache-bytes", Long.toString(cache.bytes()));
    figures.put(
        "page-directory-bytes", Long.toString(cache.directoryBytes() + index.memoryBytes()));
    figures.put("store.format", Integer.toString(Frame.VERSION));
    return new StoreStats(keyspaces, 0, figures);
  }

  private StoreStats.Keyspace keyspace(int number) {
    Keyspace keyspace = Keyspace.OF_GRANTS.get(number);
    long rows = 0;
    long bytes = 0;
    for (Contents.Sync sync : file.contents().syncs()) {
      rows +=
          keyspace == Keyspace.NEEDS_EXPANSION
              ? sync.row().needingExpansion()
              : sync.row().content().count();
      long first = sync.page(number, 0, sync.pages().get(number).get(0) == 0 ? -1 : 0);
      long last = sync.page(number, sync.pages().get(number).size() - 1, -1);
      bytes += index.offset((int) last) + index.storedBytes((int) last) - index.offset((int) first);
    }
    return new StoreStats.Keyspace(keyspace.label(), rows, bytes, 1);
  }

  @Override
  public void close() {
    pages.forget();
    file.close();
  }

  private GrantStoreException readOnly() {
    return new GrantStoreException(Reason.READ_ONLY, "container is read only: " + file.path());
  }

  /** What there is to be read. */
  private static final class Pages implements View {
    private final List<PackedSync> syncs;

    Pages(ContainerFile file, PageIndex index, PageCache cache) {
      syncs =
          file.contents().syncs().stream()
              .map(sync -> new PackedSync(sync.row(), new ContainerPages(file, index, sync), cache))
              .toList();
    }

    @Override
    public PackedSync packed(SyncRow row) {
      return syncs.get(row.number());
    }

    @Override
    public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value) {
      return false;
    }

    /** None: syncs are packed, and nobody asks for rows of theirs. */
    @Override
    public Rows rows(Keyspace keyspace, byte[] prefix, byte[] from) {
      if (prefix.length > 0) {
        throw new IllegalStateException("container has no rows: keyspace=" + keyspace.label());
      }
      return new NoRows();
    }

    /** It is of every moment, and goes with the store. */
    @Override
    public void close() {}

    void forget() {
      syncs.forEach(PackedSync::close);
    }
  }

  private static final class NoRows implements Rows {
    @Override
    public boolean next(RowBytes key, RowBytes value) {
      return false;
    }

    @Override
    public void close() {}
  }
}
