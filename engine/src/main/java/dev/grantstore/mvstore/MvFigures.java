package dev.grantstore.mvstore;

import dev.grantstore.StoreStats;
import dev.grantstore.layout.FormatVersion;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sizes and figures. What a keyspace takes is added up from the places of its pages, for which the
 * inner ones are read; a page's place tells its size rounded up, by a third at most. What is in no
 * tree any more is in the file's size only. Stateless.
 */
final class MvFigures {
  private MvFigures() {}

  static StoreStats read(MvFile file, TreeView view) throws IOException {
    List<StoreStats.Keyspace> keyspaces = new ArrayList<>();
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      long rows = 0;
      long bytes = 0;
      for (Map<Keyspace, Tree> ofSync : view.trees().values()) {
        Tree tree = ofSync.get(keyspace);
        if (tree != null) {
          rows += tree.rows();
          bytes += storedBytes(tree);
        }
      }
      keyspaces.add(new StoreStats.Keyspace(keyspace.label(), rows, bytes, 1));
    }
    Tree meta = view.meta();
    keyspaces.add(
        new StoreStats.Keyspace(Keyspace.META.label(), meta.rows(), storedBytes(meta), 1));
    return new StoreStats(keyspaces, 0, engine(file));
  }

  private static SortedMap<String, String> engine(MvFile file) throws IOException {
    SortedMap<String, String> engine = new TreeMap<>();
    for (MvOption option : MvOption.values()) {
      engine.put(option.label(), Integer.toString(file.value(option)));
    }
    // A small cache makes pages smaller than they were asked to be.
    engine.put(MvOption.PAGE_SPLIT_SIZE.label(), Long.toString(file.store().getMaxPageSize()));
    engine.put("cacheSize-mebibytes", Integer.toString(file.store().getCacheSize()));
    engine.put("cacheSizeUsed-mebibytes", Integer.toString(file.store().getCacheSizeUsed()));
    engine.put("currentVersion", Long.toString(file.store().getCurrentVersion()));
    engine.put("fillRate-percent", Integer.toString(file.store().getFillRate()));
    engine.put(
        "chunksFillRate-percent",
        Integer.toString(file.store().getFileStore().getChunksFillRate()));
    engine.put("unsavedMemory-bytes", Integer.toString(file.store().getUnsavedMemory()));
    engine.put("written-bytes", Long.toString(file.file().writtenBytes()));
    engine.put("file-bytes", Long.toString(Files.size(file.file().path())));
    engine.put("store.format", Integer.toString(FormatVersion.CURRENT));
    engine.put("durability", file.options().durability().name());
    engine.put("cache-limit-bytes", Long.toString(file.options().cacheBytes()));
    return engine;
  }

  private static long storedBytes(Tree tree) {
    return tree.rows() == 0 ? 0 : tree.root().root.getDiskSpaceUsed(false);
  }
}
