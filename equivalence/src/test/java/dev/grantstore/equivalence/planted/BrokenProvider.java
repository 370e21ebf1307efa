package dev.grantstore.equivalence.planted;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;

/** The memory engine under the scheme {@code broken}, with a bug planted in it. */
public final class BrokenProvider implements GrantStoreProvider {
  /** For the service loader. */
  public BrokenProvider() {}

  @Override
  public String scheme() {
    return "broken";
  }

  @Override
  public String engineVersion() {
    return "1";
  }

  @Override
  public GrantStore open(String location, StoreOptions options) {
    return PlantedBugs.named("get-all-dedups")
        .orElseThrow()
        .in(GrantStores.open("memory:", StoreOptions.of(OpenMode.OPEN_OR_CREATE)));
  }
}
