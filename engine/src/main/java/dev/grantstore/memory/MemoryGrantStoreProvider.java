package dev.grantstore.memory;

import dev.grantstore.Excerpt;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.util.Locale;

/** Opens {@code memory:}, a fresh and empty store each time, gone when closed. */
public final class MemoryGrantStoreProvider implements GrantStoreProvider {
  /** Called by {@link java.util.ServiceLoader}. */
  public MemoryGrantStoreProvider() {}

  @Override
  public String scheme() {
    return "memory";
  }

  @Override
  public String engineVersion() {
    return "TreeMap of Java " + Runtime.version().feature();
  }

  @Override
  public GrantStore open(String location, StoreOptions options) {
    if (!location.isEmpty()) {
      throw new GrantStoreException(
          Reason.UNSUPPORTED, "a memory store keeps nothing on disk and has no location");
    }
    if (!options.engineOptions().isEmpty()) {
      String name = options.engineOptions().keySet().iterator().next();
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "unknown engine option: %s known=[]", Excerpt.of(name)));
    }
    OpenMode mode = options.mode();
    if (mode == OpenMode.OPEN || mode == OpenMode.READ_ONLY) {
      throw new GrantStoreException(
          Reason.STORE_MISSING, "a memory store is empty when opened: mode=" + mode);
    }
    return new MemoryGrantStore();
  }
}
