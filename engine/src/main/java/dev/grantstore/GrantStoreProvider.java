package dev.grantstore;

/**
 * An engine. Found through {@link java.util.ServiceLoader}: a jar that names an implementation
 * under {@code META-INF/services/dev.grantstore.GrantStoreProvider} is an engine.
 */
public interface GrantStoreProvider {
  /** What {@link #mostIdBytes} is at least. */
  int LEAST_ID_BYTES = 480;

  /**
   * {@return the scheme this engine answers to, such as {@code rocksdb}; see {@link
   * GrantStores#isName}}
   */
  String scheme();

  /**
   * {@return the version of the engine behind it, such as {@code rocksdbjni 11.8.1}; for reports}
   */
  String engineVersion();

  /**
   * {@return how many bytes the six ids of one grant together may have, and a sync's id alone, as
   * far as {@link Ids} allow; in UTF-8, U+0000 and U+0001 counted twice} At least {@link
   * #LEAST_ID_BYTES}; unless overridden, all that the contract allows. What is longer is refused
   * with {@link Reason#UNSUPPORTED}, with its whole batch, and found by no read.
   */
  default int mostIdBytes() {
    return 2 * Ids.MAX_GRANT_IDS_BYTES;
  }

  /**
   * Opens a store; the caller closes it.
   *
   * @param location what follows the scheme and the colon
   * @param options how to open
   * @return an open store
   * @throws GrantStoreException with the reason; nothing is left behind then
   */
  GrantStore open(String location, StoreOptions options);

  /**
   * {@return whether a location is a path, and all of a store is there} Of an engine that says no a
   * location is a name in some system, which {@link #remove} takes a store away from.
   */
  default boolean isLocatedByPath() {
    return true;
  }

  /**
   * Removes a store that nobody has open, with all that is in it; does nothing if there is none.
   *
   * @param location as for {@link #open}
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} by an engine whose stores are
   *     removed by removing what is at their path; with {@link Reason#LOCKED} if somebody has it
   *     open
   */
  default void remove(String location) {
    throw new GrantStoreException(
        Reason.UNSUPPORTED, "a store is removed with its path: " + Excerpt.of(location));
  }
}
