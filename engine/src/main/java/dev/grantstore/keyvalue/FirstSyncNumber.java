package dev.grantstore.keyvalue;

import java.util.function.Supplier;

/**
 * Where a new store begins to number its syncs: at 0, unless a test that wants to see a number grow
 * by a byte says otherwise. The numbers before count as given out.
 */
public final class FirstSyncNumber {
  private static final ThreadLocal<Integer> FIRST = ThreadLocal.withInitial(() -> 0);

  private FirstSyncNumber() {}

  /**
   * {@return what an opening returns} A store that it makes numbers its syncs from there; one that
   * is there already and has numbers goes on with them.
   *
   * @param <T> a store
   * @param number the first sync's number, not negative
   * @param opening opens the store, on this thread
   */
  public static <T> T openingAt(int number, Supplier<T> opening) {
    if (number < 0) {
      throw new IllegalArgumentException("number must not be negative: " + number);
    }
    FIRST.set(number);
    try {
      return opening.get();
    } finally {
      FIRST.remove();
    }
  }

  static int get() {
    return FIRST.get();
  }
}
