package dev.grantstore.keyvalue;

import dev.grantstore.Closing;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who must be ended before what they read from goes: the open cursors, snapshots and loads of a
 * store, or the cursors of a snapshot. Thread-safe.
 */
final class Children {
  private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

  /** Starts with none. */
  public Children() {}

  /**
   * Takes note of one that was opened.
   *
   * @param child removes itself when it is closed
   */
  public void add(AutoCloseable child) {
    YieldPoint.reached("child opened");
    open.add(child);
    YieldPoint.reached("child added");
  }

  /**
   * Forgets one that is closed.
   *
   * @param child may be unknown
   */
  public void remove(AutoCloseable child) {
    open.remove(child);
  }

  /** Ends all of them; the parent's gate is shut, so that none can be added meanwhile. */
  public void closeAll() {
    YieldPoint.outside("children end");
    Closing.all(open.stream().map(Children::ending).toList(), "a child did not close");
  }

  /** What ends a child whoever has it. */
  private static AutoCloseable ending(AutoCloseable child) {
    return child instanceof StoreCursor cursor ? cursor::abandon : child;
  }
}
