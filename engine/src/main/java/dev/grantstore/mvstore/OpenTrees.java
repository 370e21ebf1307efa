package dev.grantstore.mvstore;

import dev.grantstore.layout.Keyspace;
import java.lang.reflect.Field;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * The trees that MVStore has open to be written: those of the few syncs that were written last.
 *
 * <p>MVStore visits every tree that is open with each commit, also the ones that nobody has
 * changed, so a write would cost the more the more syncs there are. It has no call to let go of a
 * tree that is to stay in the file; so this takes the tree out of MVStore's table. Whoever reads it
 * goes on: a {@link Tree} needs the table for nothing. With a version of MVStore that keeps its
 * table elsewhere all trees stay open, and the cost is as it was.
 *
 * <p>The writer's.
 */
final class OpenTrees {
  /** Of how many syncs the trees stay open. */
  static final int MOST_SYNCS = 16;

  private final Map<Integer, Map<Keyspace, MVMap<byte[], byte[]>>> open =
      new LinkedHashMap<>(MOST_SYNCS, 0.75f, true);
  private final @Nullable Map<Integer, MVMap<?, ?>> table;

  OpenTrees(MVStore store) {
    table = tableOf(store);
  }

  /** {@return a sync's trees, which are opened if they are not open} */
  Map<Keyspace, MVMap<byte[], byte[]>> of(
      int sync, IntFunction<Map<Keyspace, MVMap<byte[], byte[]>>> opening) {
    Map<Keyspace, MVMap<byte[], byte[]>> found = open.get(sync);
    if (found == null) {
      found = opening.apply(sync);
      open.put(sync, found);
    }
    return found;
  }

  /** Forgets a sync whose trees are removed; MVStore closes them when nobody reads them. */
  void removed(int sync) {
    open.remove(sync);
  }

  /** Closes the trees of all syncs but those used last. Nothing is there to be committed. */
  void closeIdle() {
    Iterator<Map<Keyspace, MVMap<byte[], byte[]>>> oldest = open.values().iterator();
    for (int idle = open.size() - MOST_SYNCS; idle > 0; idle--) {
      oldest.next().values().forEach(this::close);
      oldest.remove();
    }
  }

  /** Opens all trees of a view, for MVStore only moves the pages of those. */
  void openAll(TreeView view) {
    Map<Integer, MVMap<?, ?>> all = table;
    if (all != null) {
      view.trees().values().stream()
          .flatMap(trees -> trees.values().stream())
          .forEach(tree -> all.putIfAbsent(tree.map().getId(), tree.map()));
    }
  }

  /** Closes what {@link #openAll} opened. Nothing is there to be committed. */
  void closeAgain(TreeView view) {
    view.trees()
        .forEach(
            (sync, trees) -> {
              if (!open.containsKey(sync)) {
                trees.values().forEach(tree -> close(tree.map()));
              }
            });
  }

  private void close(MVMap<byte[], byte[]> map) {
    Map<Integer, MVMap<?, ?>> all = table;
    if (all != null) {
      all.remove(map.getId(), map);
    }
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Map<Integer, MVMap<?, ?>> tableOf(MVStore store) {
    try {
      Field field = MVStore.class.getDeclaredField("maps");
      field.setAccessible(true);
      return (Map<Integer, MVMap<?, ?>>) field.get(store);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }
}
