package dev.grantstore.mvstore;

/** Where reads have their view from. Thread-safe. */
interface ViewSource {
  /** {@return a view that is held once more; the caller releases it} */
  View hold();
}
