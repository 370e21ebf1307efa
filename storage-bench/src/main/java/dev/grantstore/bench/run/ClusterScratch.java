package dev.grantstore.bench.run;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes stores that are no folders, beside the one that answers, and removes them. A process that
 * is killed leaves the one that it had; its name begins with that of the one that answers. One
 * thread.
 */
final class ClusterScratch implements OwnedScratch {
  private final String beside;
  private final StoreOptions options;
  private @Nullable GrantStore store;
  private String address = "";

  /**
   * Creates it; makes nothing yet.
   *
   * @param beside the address that theirs begin with
   * @param options how to open, but for the mode
   */
  ClusterScratch(String beside, StoreOptions options) {
    this.beside = beside;
    this.options = options;
  }

  @Override
  public GrantStore open() {
    if (!address.isEmpty()) {
      throw new IllegalStateException("scratch store is still there: " + address);
    }
    String name = UUID.randomUUID().toString().substring(0, 13);
    // Known before it is there: an opening that fails may have made it.
    address = String.format(Locale.ROOT, "%s-scratch-%s", beside, name);
    GrantStore opened =
        GrantStores.open(
            address,
            new StoreOptions(
                OpenMode.CREATE,
                options.durability(),
                options.cacheBytes(),
                options.engineOptions()));
    store = opened;
    return opened;
  }

  @Override
  public boolean isElsewhere() {
    return true;
  }

  /** What it took is not known. */
  @Override
  public long discard() {
    String made = address;
    GrantStore opened = store;
    address = "";
    store = null;
    if (!made.isEmpty()) {
      try {
        if (opened != null) {
          opened.close();
        }
      } finally {
        GrantStores.provider(made).remove(made.substring(made.indexOf(':') + 1));
      }
    }
    return NOT_KNOWN;
  }

  @Override
  public Path folder() {
    throw new UnsupportedOperationException("stores are no folders: " + beside);
  }

  @Override
  public GrantStore openAt(Path location, OpenMode mode) {
    throw new UnsupportedOperationException("stores are no folders: " + beside);
  }

  @Override
  public long cacheBytes() {
    return options.cacheBytes();
  }

  @Override
  public String durability() {
    return options.durability().name();
  }

  @Override
  public void close() {
    discard();
  }
}
