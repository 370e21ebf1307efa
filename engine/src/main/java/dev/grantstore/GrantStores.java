package dev.grantstore;

import java.util.Locale;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The one door to every engine. */
public final class GrantStores {
  private GrantStores() {}

  /**
   * Opens a store; the caller closes it.
   *
   * @param uri the engine's scheme, a colon, and its location: {@code rocksdb:/path}, {@code
   *     memory:}
   * @param options how to open
   * @return an open store
   * @throws IllegalArgumentException if {@code uri} has no scheme
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} for an engine that is not on the
   *     class path, or with what the engine says
   */
  public static GrantStore open(String uri, StoreOptions options) {
    Objects.requireNonNull(options, "options");
    int colon = uri.indexOf(':');
    return provider(uri).open(uri.substring(colon + 1), options);
  }

  /**
   * {@return the engine that a store address names}
   *
   * @param uri as for {@link #open}
   * @throws IllegalArgumentException if {@code uri} has no scheme
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} for an engine that is not there
   */
  public static GrantStoreProvider provider(String uri) {
    int colon = uri.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          "store address has no scheme, such as rocksdb:/path: " + Excerpt.of(uri));
    }
    String scheme = uri.substring(0, colon).toLowerCase(Locale.ROOT);
    SortedMap<String, GrantStoreProvider> known = providers();
    GrantStoreProvider provider = known.get(scheme);
    if (provider == null) {
      throw new GrantStoreException(
          Reason.UNSUPPORTED,
          "no engine of that name: %s known=%s".formatted(Excerpt.of(scheme), known.keySet()));
    }
    return provider;
  }

  /** {@return the engines on the class path, by scheme} */
  public static SortedMap<String, GrantStoreProvider> providers() {
    SortedMap<String, GrantStoreProvider> known = new TreeMap<>();
    for (GrantStoreProvider provider : ServiceLoader.load(GrantStoreProvider.class)) {
      GrantStoreProvider other = known.putIfAbsent(provider.scheme(), provider);
      if (other != null) {
        throw new GrantStoreException(
            Reason.UNSUPPORTED,
            "two engines have one name: %s %s %s"
                .formatted(provider.scheme(), other.getClass(), provider.getClass()));
      }
    }
    return known;
  }
}
