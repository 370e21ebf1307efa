package dev.grantstore.mvstore;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.mvstore.MVStore;
import org.pcollections.PMap;

/**
 * Everything there is to read, as of one write: the syncs, and every tree. Immutable but for the
 * count of its holders. As long as somebody holds it, MVStore keeps every version from its own on,
 * so the pages that it leads to are not written over; what later writes replace stays in the file
 * until then. Thread-safe.
 */
final class View {
  private final SyncCatalog catalog;
  private final PMap<Integer, Map<Keyspace, Tree>> trees;
  private final MVStore store;
  private final MVStore.TxCounter version;
  private final AtomicInteger holders = new AtomicInteger(1);

  /**
   * Shows what is there now; held once, by the caller, who keeps writes out meanwhile.
   *
   * @param trees of each sync's number
   */
  View(MVStore store, SyncCatalog catalog, PMap<Integer, Map<Keyspace, Tree>> trees) {
    this.store = store;
    this.catalog = catalog;
    this.trees = trees;
    this.version = store.registerVersionUsage();
  }

  SyncCatalog catalog() {
    return catalog;
  }

  /** {@return the trees of each sync's number} A view shares those that its write left alone. */
  PMap<Integer, Map<Keyspace, Tree>> trees() {
    return trees;
  }

  /** {@return a tree of a sync that the catalog has} */
  Tree tree(Keyspace keyspace, int sync) {
    Map<Keyspace, Tree> ofSync = trees.get(sync);
    Tree tree = ofSync == null ? null : ofSync.get(keyspace);
    if (tree == null) {
      throw new CorruptionException(
          keyspace.label(), Bytes.copyOf(KeyPrefix.ofSync(sync)), "sync has no tree", null);
    }
    return tree;
  }

  /** {@return a view of the same, as of the version that MVStore has now; held once} */
  View again() {
    return new View(store, catalog, trees);
  }

  /** Holds it once more, unless nobody does any longer. */
  boolean tryHold() {
    int seen = holders.get();
    YieldPoint.reached("holders counted");
    while (seen > 0 && !holders.compareAndSet(seen, seen + 1)) {
      seen = holders.get();
    }
    return seen > 0;
  }

  void release() {
    if (holders.decrementAndGet() == 0) {
      YieldPoint.outside("view let go");
      store.decrementVersionUsageCounter(version);
    }
  }
}
