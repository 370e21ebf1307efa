package dev.grantstore.mvstore;

import dev.grantstore.Durability;
import dev.grantstore.keyvalue.Batch;
import dev.grantstore.keyvalue.RowBytes;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.pcollections.PMap;

/**
 * The changes of one write to the trees, made at once, and how to take them back: MVStore itself
 * only goes back to what was committed last, which with {@code BULK} may be many writes ago. A
 * write changes rows of one sync at most. Rows of a load go to new trees, which nobody sees until
 * the sync's row is there; found without it on opening, they are removed.
 */
final class MvBatch implements Batch {
  /** How much may wait in memory where nothing is promised: as MVStore counts it. */
  private static final int UNSAVED_BYTES = 16 << 20;

  /** How much of a load may wait, which need not fit in memory. */
  private static final int UNSAVED_LOAD_BYTES = 32 << 20;

  private static final int CHECKED_ROWS = 1_000;
  private static final int NO_SYNC = -1;

  private final MvFile file;
  private final LiveView live;
  private final boolean durably;
  private final Deque<Runnable> undos = new ArrayDeque<>();

  /** Appended rows share pages whatever their size, put ones do not. */
  private final int largestAppended;

  private int changed = NO_SYNC;
  private int loaded = NO_SYNC;
  private int gone = NO_SYNC;
  private int loadedRows;
  private boolean ended;

  MvBatch(MvFile file, LiveView live, boolean durably) {
    this.file = file;
    this.live = live;
    this.durably = durably;
    largestAppended = file.value(MvOption.PAGE_SPLIT_SIZE) / 4;
  }

  @Override
  public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value) {
    byte[] found = Tree.now(map(keyspace, key)).get(Arrays.copyOf(key, keyLength));
    if (found != null) {
      value.point(found);
    }
    return found != null;
  }

  @Override
  public void put(Keyspace keyspace, byte[] key, int keyLength, byte[] value, int valueLength) {
    MVMap<byte[], byte[]> map = changedMap(keyspace, key);
    byte[] put = Arrays.copyOf(key, keyLength);
    byte[] before = map.put(put, Arrays.copyOf(value, valueLength));
    undos.push(before == null ? () -> map.remove(put) : () -> map.put(put, before));
  }

  @Override
  public void delete(Keyspace keyspace, byte[] key, int keyLength) {
    MVMap<byte[], byte[]> map = changedMap(keyspace, key);
    byte[] deleted = Arrays.copyOf(key, keyLength);
    byte[] before = map.remove(deleted);
    if (before != null) {
      undos.push(() -> map.put(deleted, before));
    }
  }

  @Override
  public void makeSync(int sync) {
    changed = sync;
    undos.push(() -> file.removeTrees(sync));
    file.trees(sync);
  }

  @Override
  public void makeLoadedSync(int sync) {
    changed = sync;
    loaded = sync;
    file.loadedMaps(sync);
  }

  @Override
  public void load(Keyspace keyspace, byte[] key, byte[] value) throws IOException {
    MVMap<byte[], byte[]> map = file.map(keyspace, loaded);
    boolean isLarge = key.length + value.length > largestAppended;
    if (isLarge) {
      map.put(key, value);
    } else {
      map.append(key, value);
    }
    loadedRows++;
    if ((isLarge || loadedRows % CHECKED_ROWS == 0)
        && file.store().getUnsavedMemory() > UNSAVED_LOAD_BYTES) {
      file.commit();
    }
  }

  @Override
  public void deleteSync(int sync) {
    gone = sync;
  }

  @Override
  public boolean commit() throws IOException {
    Durability durability = file.options().durability();
    boolean lasts = durably || durability == Durability.SYNC;
    ended = true;
    file.whole(
        () -> {
          if (gone != NO_SYNC) {
            file.removeTrees(gone);
          }
          if (lasts
              || durability != Durability.BULK
              || file.store().getUnsavedMemory() > UNSAVED_BYTES) {
            file.commit();
          }
          YieldPoint.reached("batch written");
          if (lasts) {
            file.force();
          }
          live.show(file.view(treesAfter()));
        });
    if (lasts) {
      live.shownIsDurable();
    }
    return lasts;
  }

  /** What cannot be taken back must not be committed either. */
  @Override
  public void close() throws IOException {
    if (!ended) {
      ended = true;
      file.whole(
          () -> {
            while (!undos.isEmpty()) {
              undos.pop().run();
            }
            if (loaded != NO_SYNC) {
              file.removeTrees(loaded);
              file.commit();
            }
          });
    }
  }

  private PMap<Integer, Map<Keyspace, Tree>> treesAfter() {
    PMap<Integer, Map<Keyspace, Tree>> trees = live.shown().trees();
    if (gone != NO_SYNC) {
      return trees.minus(gone);
    }
    return changed == NO_SYNC ? trees : trees.plus(changed, file.trees(changed));
  }

  private MVMap<byte[], byte[]> changedMap(Keyspace keyspace, byte[] key) {
    if (keyspace != Keyspace.META) {
      changed = KeyPrefix.syncOf(key);
    }
    return map(keyspace, key);
  }

  private MVMap<byte[], byte[]> map(Keyspace keyspace, byte[] key) {
    return keyspace == Keyspace.META ? file.meta() : file.map(keyspace, KeyPrefix.syncOf(key));
  }
}
