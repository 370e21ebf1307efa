package dev.grantstore.sqlite;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What must be ended before its parent's connections close: cursors, snapshots, loads. */
final class Children {
  private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

  void add(AutoCloseable child) {
    open.add(child);
  }

  void remove(AutoCloseable child) {
    open.remove(child);
  }

  /** Ends all of them; the parent's lifetime has ended, so none can be added meanwhile. */
  void closeAll() {
    Closing.all(open, "a child did not close");
  }
}
