package dev.grantstore.mvstore;

import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.Rows;
import dev.grantstore.keyvalue.View;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;

/**
 * Everything there is to read, as of one write: every tree. Immutable but for the count of its
 * holders. As long as somebody holds it, MVStore keeps every version from its own on, so the pages
 * that it leads to are not written over; what later writes replace stays in the file until then.
 * Thread-safe.
 */
final class TreeView implements View {
  private final PMap<Integer, Map<Keyspace, Tree>> trees;
  private final Tree meta;
  private final MVStore store;
  private final MVStore.TxCounter version;
  private final AtomicInteger holders = new AtomicInteger(1);

  /** The trees in the order of their keys; null until they are needed. */
  private volatile @Nullable SortedMap<Integer, Map<Keyspace, Tree>> ordered;

  /**
   * Shows what is there now; held once, by the caller, who keeps writes out meanwhile.
   *
   * @param trees of each sync's number
   * @param meta the tree of what is not a grant
   */
  TreeView(MVStore store, PMap<Integer, Map<Keyspace, Tree>> trees, Tree meta) {
    this.store = store;
    this.trees = trees;
    this.meta = meta;
    this.version = store.registerVersionUsage();
  }

  /** {@return the trees of each sync's number} A view shares those that its write left alone. */
  PMap<Integer, Map<Keyspace, Tree>> trees() {
    return trees;
  }

  Tree meta() {
    return meta;
  }

  @Override
  public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value) {
    Tree tree = tree(keyspace, key);
    byte[] found = tree == null ? null : tree.get(Arrays.copyOf(key, keyLength));
    if (found != null) {
      value.point(found);
    }
    return found != null;
  }

  @Override
  public Rows rows(Keyspace keyspace, byte[] prefix, byte[] from) {
    Iterator<Tree> read = trees(keyspace, prefix, from);
    if (!tryHold()) {
      throw new IllegalStateException("view is not held");
    }
    return new TreeRows(read, prefix, from);
  }

  /** A row's key is longer than the prefix, so the next higher one is the first. */
  @Override
  public boolean any(Keyspace keyspace, byte[] prefix) {
    Tree tree = tree(keyspace, prefix);
    byte[] found = tree == null ? null : tree.higherKey(prefix);
    return found != null
        && found.length >= prefix.length
        && Arrays.equals(found, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public void close() {
    release();
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

  /** The tree with a key; null if it is of a sync that is not there. */
  private @Nullable Tree tree(Keyspace keyspace, byte[] key) {
    if (keyspace == Keyspace.META) {
      return meta;
    }
    Map<Keyspace, Tree> ofSync = trees.get(KeyPrefix.syncOf(key));
    return ofSync == null ? null : ofSync.get(keyspace);
  }

  /** The trees with the rows from a key on, in their order: one, unless the prefix is of many. */
  private Iterator<Tree> trees(Keyspace keyspace, byte[] prefix, byte[] from) {
    if (keyspace == Keyspace.META || prefix.length >= Integer.BYTES) {
      Tree tree = tree(keyspace, from);
      return (tree == null ? List.<Tree>of() : List.of(tree)).iterator();
    }
    int first = from.length < Integer.BYTES ? 0 : KeyPrefix.syncOf(from);
    return ordered().tailMap(first).values().stream()
        .flatMap(ofSync -> Optional.ofNullable(ofSync.get(keyspace)).stream())
        .iterator();
  }

  /** Made when it is first asked for, once: to go from sync to sync asks once for each. */
  private SortedMap<Integer, Map<Keyspace, Tree>> ordered() {
    SortedMap<Integer, Map<Keyspace, Tree>> made = ordered;
    if (made == null) {
      made = new TreeMap<>(Integer::compareUnsigned);
      made.putAll(trees);
      ordered = made;
    }
    return made;
  }

  /** Rows of trees; keys and values are the arrays that MVStore's pages hold. */
  private final class TreeRows implements Rows {
    private final Iterator<Tree> trees;
    private final byte[] prefix;
    private final byte[] from;
    private @Nullable Cursor<byte[], byte[]> cursor;

    TreeRows(Iterator<Tree> trees, byte[] prefix, byte[] from) {
      this.trees = trees;
      this.prefix = prefix;
      this.from = from;
    }

    @Override
    public boolean next(RowBytes key, RowBytes value) {
      while ((cursor == null || !cursor.hasNext()) && trees.hasNext()) {
        cursor = trees.next().from(from);
      }
      if (cursor == null || !cursor.hasNext()) {
        return false;
      }
      key.point(cursor.next());
      value.point(cursor.getValue());
      return key.startsWith(prefix);
    }

    @Override
    public void close() {
      release();
    }
  }
}
