package dev.grantstore.container;

import dev.grantstore.Excerpt;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Opens {@code gsync:FILE}, a container, with {@link OpenMode#READ_ONLY}. There is no other way to
 * open one: it is made whole, by {@link SyncFiles#save}.
 */
public final class ContainerStoreProvider implements GrantStoreProvider {
  /** For the service loader. */
  public ContainerStoreProvider() {}

  @Override
  public String scheme() {
    return "gsync";
  }

  @Override
  public String engineVersion() {
    return "container of version " + Frame.VERSION;
  }

  @Override
  public GrantStore open(String location, StoreOptions options) {
    if (!options.engineOptions().isEmpty()) {
      String name = options.engineOptions().keySet().iterator().next();
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "unknown engine option: %s known=[]", Excerpt.of(name)));
    }
    if (options.mode() != OpenMode.READ_ONLY) {
      throw new GrantStoreException(
          Reason.UNSUPPORTED,
          "a container is opened READ_ONLY, and made by saving syncs: mode=" + options.mode());
    }
    return SyncFiles.open(Path.of(location), options.cacheBytes());
  }
}
