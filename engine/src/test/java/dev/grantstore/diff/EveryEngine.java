package dev.grantstore.diff;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A store of each engine, open for as long as a test class runs. */
final class EveryEngine implements AutoCloseable {
  static final List<String> NAMES = List.of("memory", "rocksdb", "sqlite", "lmdb", "mvstore");

  private static final Instant STARTED = Instant.parse("2026-11-02T00:00:00Z");
  static final Instant ENDED = Instant.parse("2026-11-02T01:00:00Z");

  static final BulkLoadOptions SMALL =
      new BulkLoadOptions(BulkLoadOptions.MIN_MEMORY_BUDGET_BYTES, 1);

  private final Path folder;
  private final Map<String, GrantStore> stores = new LinkedHashMap<>();
  private int syncs;

  EveryEngine() {
    try {
      folder = Files.createTempDirectory("diff");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    StoreOptions options = StoreOptions.of(OpenMode.CREATE).withDurability(Durability.BULK);
    for (String name : NAMES) {
      String location = name.equals("memory") ? "" : folder.resolve(name).toString();
      stores.put(name, GrantStores.open(name + ":" + location, options.withCacheBytes(1 << 20)));
    }
  }

  GrantStore store(String name) {
    GrantStore store = stores.get(name);
    if (store == null) {
      throw new IllegalArgumentException(name);
    }
    return store;
  }

  String newSync() {
    return "sync-" + syncs++;
  }

  /** A new sealed sync, put or loaded. */
  String sealed(String engine, String type, Collection<Grant> grants, boolean isLoaded) {
    String sync = newSync();
    GrantStore store = store(engine);
    if (isLoaded) {
      try (BulkLoad load = store.bulkLoad(sync, type, STARTED, SMALL)) {
        try (BulkPart part = load.openPart()) {
          grants.forEach(part::add);
        }
        load.commit(ENDED);
      }
    } else {
      store.startSync(sync, type, STARTED);
      store.putAll(sync, grants);
      store.seal(sync, ENDED);
    }
    return sync;
  }

  static List<Grant> list(GrantReader reader, GrantQuery query) {
    List<Grant> rows = new ArrayList<>();
    try (GrantCursor cursor = reader.cursor(query)) {
      while (cursor.next()) {
        rows.add(cursor.grant());
      }
    }
    return rows;
  }

  @Override
  public void close() {
    stores.values().forEach(GrantStore::close);
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
