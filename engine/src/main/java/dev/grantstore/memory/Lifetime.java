package dev.grantstore.memory;

import org.jspecify.annotations.Nullable;

/** Whether a store, or something opened from it, may still be used. Thread-safe. */
final class Lifetime {
  private final String what;
  private final @Nullable Lifetime within;
  private volatile boolean ended;

  private Lifetime(String what, @Nullable Lifetime within) {
    this.what = what;
    this.within = within;
  }

  static Lifetime of(String what) {
    return new Lifetime(what, null);
  }

  /** {@return a lifetime that ends with this one or before} */
  Lifetime child(String childWhat) {
    return new Lifetime(childWhat, this);
  }

  void check() {
    if (within != null) {
      within.check();
    }
    if (ended) {
      throw new IllegalStateException(what + " is closed");
    }
  }

  /** {@return whether this call ended it} */
  synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }
}
