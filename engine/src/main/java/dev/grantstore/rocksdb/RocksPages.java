package dev.grantstore.rocksdb;

import dev.grantstore.codec.SyncRow;
import dev.grantstore.packed.PackedSync;
import dev.grantstore.packed.PageCache;
import dev.grantstore.packed.PageSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/**
 * The packed syncs that are read, and the cache of their pages. Thread-safe.
 *
 * <p>Pages of a sync are deleted with it, also while cursors are in the midst of them: those read
 * on through a snapshot that is taken right before, and released with the last of them.
 */
final class RocksPages {
  private final RocksHandles handles;
  private final PageCache cache;
  private final Map<Integer, Live> live = new ConcurrentHashMap<>();
  private final Set<Integer> gone = new HashSet<>();

  RocksPages(RocksHandles handles) {
    this.handles = handles;
    cache = new PageCache(handles.pageCacheBytes());
  }

  PageCache cache() {
    return cache;
  }

  /** The pages of a sync as they are now; null if it was dropped. */
  @Nullable PackedSync live(SyncRow row) {
    Live open = live.get(row.number());
    return open == null ? open(row) : open.sync;
  }

  /** The pages of a sync as a snapshot has them, for itself; the caller closes them. */
  PackedSync of(SyncRow row, ReadOptions options) {
    return new PackedSync(row, new Snapshotted(options), cache);
  }

  /** Says that the pages of a sync are about to be deleted. */
  synchronized void retire(int number) {
    gone.add(number);
    Live open = live.remove(number);
    if (open != null) {
      open.retire();
    }
  }

  /** Says that they were not deleted. */
  synchronized void restore(Collection<Integer> numbers) {
    gone.removeAll(numbers);
  }

  private synchronized @Nullable PackedSync open(SyncRow row) {
    return gone.contains(row.number())
        ? null
        : live.computeIfAbsent(row.number(), number -> new Live(row)).sync;
  }

  private byte @Nullable [] read(ReadOptions options, byte[] key) throws RocksDBException {
    return handles.db().get(handles.pages(), options, key);
  }

  /** Reads what is stored now, or was when the sync was dropped. */
  private final class Live implements PageSource {
    final PackedSync sync;
    private int retained;
    private boolean isGone;
    private @Nullable Snapshot moment;
    private @Nullable ReadOptions kept;

    Live(SyncRow row) {
      sync = new PackedSync(row, this, cache);
    }

    @Override
    public byte @Nullable [] read(byte[] key) throws RocksDBException {
      byte[] page = RocksPages.this.read(handles.pageReadOptions(), key);
      return page == null ? readKept(key) : page;
    }

    @Override
    public synchronized boolean retain() {
      if (!isGone) {
        retained++;
      }
      return !isGone;
    }

    @Override
    public synchronized void release() {
      retained--;
      if (retained == 0 && kept != null && moment != null) {
        kept.close();
        handles.db().releaseSnapshot(moment);
        moment.close();
        kept = null;
        moment = null;
      }
    }

    @Override
    public synchronized boolean mayBeGone() {
      return isGone;
    }

    void retire() {
      synchronized (this) {
        isGone = true;
        if (retained > 0) {
          Snapshot taken = handles.db().getSnapshot();
          moment = taken;
          kept = new ReadOptions().setFillCache(false).setSnapshot(taken);
        }
      }
      // Outside of the lock: whoever opens a keyspace holds that one's, and comes here for pages.
      sync.close();
    }

    /** Within the lock, since whoever retained nothing may come when all is released. */
    private synchronized byte @Nullable [] readKept(byte[] key) throws RocksDBException {
      ReadOptions options = kept;
      return options == null ? null : RocksPages.this.read(options, key);
    }
  }

  /** Reads through a snapshot that outlives all who read. */
  private final class Snapshotted implements PageSource {
    private final ReadOptions options;

    Snapshotted(ReadOptions options) {
      this.options = options;
    }

    @Override
    public byte @Nullable [] read(byte[] key) throws RocksDBException {
      return RocksPages.this.read(options, key);
    }

    @Override
    public boolean retain() {
      return true;
    }

    @Override
    public void release() {}

    @Override
    public boolean mayBeGone() {
      return false;
    }
  }
}
