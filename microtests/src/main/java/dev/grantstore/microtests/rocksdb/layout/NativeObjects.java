package dev.grantstore.microtests.rocksdb.layout;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;

/** Closes native objects in the reverse order. One thread. */
final class NativeObjects implements AutoCloseable {
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final Cache cache;

  NativeObjects(long cacheBytes) {
    RocksDB.loadLibrary();
    cache = own(new LRUCache(cacheBytes));
  }

  /** Uses a cache that others use too, and does not close it. */
  NativeObjects(Cache shared) {
    cache = shared;
  }

  Cache cache() {
    return cache;
  }

  <T extends AutoCloseable> T own(T handle) {
    owned.push(handle);
    return handle;
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("a native object did not close", e);
      }
    }
  }
}
