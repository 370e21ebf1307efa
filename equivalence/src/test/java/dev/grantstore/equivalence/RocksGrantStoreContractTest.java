package dev.grantstore.equivalence;

import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.testkit.GrantStoreContract;
import java.nio.file.Path;

/** With pages of a few rows, so that small syncs have several. */
final class RocksGrantStoreContractTest extends GrantStoreContract {
  private static final long CACHE_BYTES = 8 << 20;

  @Override
  protected GrantStore open(Path location, OpenMode mode, Durability durability) {
    return GrantStores.open(
        "rocksdb:" + location,
        StoreOptions.of(mode)
            .withDurability(durability)
            .withCacheBytes(CACHE_BYTES)
            .withEngineOption("page_bytes", "300"));
  }

  @Override
  protected String scheme() {
    return "rocksdb";
  }
}
