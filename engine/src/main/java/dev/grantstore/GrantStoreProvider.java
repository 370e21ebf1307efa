package dev.grantstore;

/**
 * An engine. Found through {@link java.util.ServiceLoader}: a jar that names an implementation
 * under {@code META-INF/services/dev.grantstore.GrantStoreProvider} is an engine.
 */
public interface GrantStoreProvider {
  /** {@return the scheme this engine answers to, such as {@code rocksdb}; lower case} */
  String scheme();

  /**
   * {@return the version of the engine behind it, such as {@code rocksdbjni 11.8.1}; for reports}
   */
  String engineVersion();

  /**
   * Opens a store; the caller closes it.
   *
   * @param location what follows the scheme and the colon
   * @param options how to open
   * @return an open store
   * @throws GrantStoreException with the reason; nothing is left behind then
   */
  GrantStore open(String location, StoreOptions options);
}
