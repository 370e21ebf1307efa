package dev.grantstore.bench.testengine;

import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Memory stores of this process, which are found again by their names and are no folders. With the
 * option {@code fails} set to {@code open} or {@code close} that fails, once the store is there.
 */
public final class NamedEngine implements GrantStoreProvider {
  private static final Map<String, GrantStore> STORES = new ConcurrentHashMap<>();

  /** Called by the service loader. */
  public NamedEngine() {}

  /** {@return the locations of those that are there, in order} */
  public static Set<String> names() {
    return new TreeSet<>(STORES.keySet());
  }

  @Override
  public String scheme() {
    return "named";
  }

  @Override
  public String engineVersion() {
    return "named 1";
  }

  @Override
  public boolean isLocatedByPath() {
    return false;
  }

  @Override
  public GrantStore open(String location, StoreOptions options) {
    GrantStore there = STORES.get(location);
    if (options.mode() == OpenMode.CREATE && there != null) {
      throw new GrantStoreException(Reason.STORE_EXISTS, "is there: " + location);
    }
    if (options.mode() == OpenMode.READ_ONLY && there == null) {
      throw new GrantStoreException(Reason.STORE_MISSING, "is not there: " + location);
    }
    GrantStore kept =
        STORES.computeIfAbsent(
            location, any -> GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE)));
    failIf("open", options);
    return new ForwardingGrantStore(kept) {
      @Override
      public void close() {
        failIf("close", options);
      }
    };
  }

  private static void failIf(String step, StoreOptions options) {
    if (step.equals(options.engineOptions().get("fails"))) {
      throw new GrantStoreException(Reason.IO, "fails as it was told: " + step);
    }
  }

  @Override
  public void remove(String location) {
    STORES.remove(location);
  }
}
