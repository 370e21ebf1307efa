package dev.grantstore.rocksdb;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who must be ended before their parent's native objects go: open cursors, snapshots, loads. */
final class Children {
  private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

  void add(AutoCloseable child) {
    open.add(child);
  }

  void remove(AutoCloseable child) {
    open.remove(child);
  }

  int count() {
    return open.size();
  }

  /** Ends all of them; the parent's gate is shut, so none can be added meanwhile. */
  void closeAll() {
    Closing.all(open, "a child did not close");
  }
}
