package dev.grantstore.rocksdb;

import dev.grantstore.Closing;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Owns native objects and releases them in reverse order of their making. One thread. */
final class NativeOwner implements AutoCloseable {
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();

  /** Takes ownership; the object is released after everything owned later. */
  <T extends AutoCloseable> T own(T handle) {
    owned.push(handle);
    return handle;
  }

  @Override
  public void close() {
    List<AutoCloseable> latestFirst = List.copyOf(owned);
    owned.clear();
    Closing.all(latestFirst, "a native object did not close");
  }
}
