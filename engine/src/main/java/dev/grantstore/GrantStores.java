package dev.grantstore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The one door to every engine. */
public final class GrantStores {
  /** What the name of an engine looks like, everywhere: nothing that leads anywhere else. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  private GrantStores() {}

  /**
   * {@return whether a text can be an engine's name, which is the scheme of its stores' addresses:
   * lower-case letters, digits and hyphens, a letter first} To be asked of every name that comes
   * from a file.
   *
   * @param text any text
   */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * {@return the engine of that name}
   *
   * @param name its scheme, without a colon
   * @throws IllegalArgumentException if it cannot be one's name
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} if there is none of that name
   */
  public static GrantStoreProvider engine(String name) {
    return named(checked(name));
  }

  /**
   * {@return the address of a store with files, for {@link #open}}
   *
   * @param engine the engine's name
   * @param location the path that it is to have
   * @throws IllegalArgumentException if that cannot be an engine's name
   */
  public static String address(String engine, Path location) {
    return checked(engine) + ":" + location;
  }

  private static String checked(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException("not the name of an engine: " + Excerpt.of(name));
    }
    return name;
  }

  /**
   * Opens a store; the caller closes it.
   *
   * @param uri the engine's scheme, a colon, and its location: {@code rocksdb:/path}, {@code
   *     memory:}
   * @param options how to open
   * @return an open store
   * @throws IllegalArgumentException if {@code uri} has no scheme, or one that is no {@linkplain
   *     #isName name}
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} for an engine that is not on the
   *     class path, or whose library is not, or with what the engine says
   */
  public static GrantStore open(String uri, StoreOptions options) {
    Objects.requireNonNull(options, "options");
    int colon = uri.indexOf(':');
    GrantStoreProvider provider = provider(uri);
    try {
      return provider.open(uri.substring(colon + 1), options);
    } catch (LinkageError e) {
      throw new GrantStoreException(
          Reason.UNSUPPORTED,
          String.format(
              Locale.ROOT,
              "engine's library is not on the class path, or another version: %s: %s",
              provider.scheme(),
              e),
          e);
    }
  }

  /**
   * {@return the engine that a store address names}
   *
   * @param uri as for {@link #open}
   * @throws IllegalArgumentException if {@code uri} has no scheme, or one that is no name
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} for an engine that is not there
   */
  public static GrantStoreProvider provider(String uri) {
    int colon = uri.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          "store address has no scheme, such as rocksdb:/path: " + Excerpt.of(uri));
    }
    String scheme = uri.substring(0, colon);
    // Not of other alphabets: some of their letters have one of these as their lower case.
    return engine(scheme.matches("[A-Za-z0-9-]*") ? scheme.toLowerCase(Locale.ROOT) : scheme);
  }

  private static GrantStoreProvider named(String scheme) {
    List<Throwable> broken = new ArrayList<>();
    SortedMap<String, GrantStoreProvider> known = providers(broken);
    GrantStoreProvider provider = known.get(scheme);
    if (provider == null) {
      GrantStoreException unknown =
          new GrantStoreException(
              Reason.UNSUPPORTED,
              String.format(
                  Locale.ROOT,
                  "no engine of that name: %s known=%s%s%s",
                  Excerpt.of(scheme),
                  known.keySet(),
                  broken.isEmpty() ? "" : " not loaded=" + reasons(broken),
                  Suggestion.of(scheme, known.keySet())));
      broken.forEach(unknown::addSuppressed);
      throw unknown;
    }
    return provider;
  }

  /**
   * {@return the engines on the class path, by scheme} An engine is among them also if its library
   * is missing; then {@link #open} says so. One that does not even load is passed over.
   */
  public static SortedMap<String, GrantStoreProvider> providers() {
    return providers(new ArrayList<>());
  }

  /** What each says, and why. */
  private static List<String> reasons(List<Throwable> broken) {
    return broken.stream()
        .map(e -> e.getCause() == null ? e.getMessage() : e.getMessage() + ": " + e.getCause())
        .toList();
  }

  private static SortedMap<String, GrantStoreProvider> providers(List<Throwable> broken) {
    SortedMap<String, GrantStoreProvider> known = new TreeMap<>();
    Iterator<ServiceLoader.Provider<GrantStoreProvider>> found =
        ServiceLoader.load(GrantStoreProvider.class).stream().iterator();
    while (true) {
      GrantStoreProvider provider;
      try {
        if (!found.hasNext()) {
          return known;
        }
        provider = found.next().get();
        checked(provider.scheme());
      } catch (ServiceConfigurationError | LinkageError | IllegalArgumentException e) {
        broken.add(e);
        continue;
      }
      GrantStoreProvider other = known.putIfAbsent(provider.scheme(), provider);
      if (other != null) {
        throw new GrantStoreException(
            Reason.UNSUPPORTED,
            String.format(
                Locale.ROOT,
                "two engines have one name: %s %s %s",
                provider.scheme(),
                other.getClass(),
                provider.getClass()));
      }
    }
  }
}
