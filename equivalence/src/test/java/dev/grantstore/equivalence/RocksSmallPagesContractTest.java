package dev.grantstore.equivalence;

import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.testkit.GrantStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract where every page has a row or a few, and none is kept once it was read. */
@EnabledIfSystemProperty(
    named = "tests.deep",
    matches = "|true",
    disabledReason = "of the deep tier: -Dtests.deep")
final class RocksSmallPagesContractTest extends GrantStoreContract {
  @Override
  protected GrantStore open(Path location, OpenMode mode, Durability durability) {
    return GrantStores.open(
        "rocksdb:" + location,
        StoreOptions.of(mode)
            .withDurability(durability)
            .withCacheBytes(0)
            .withEngineOption("page_bytes", "32"));
  }

  @Override
  protected String scheme() {
    return "rocksdb";
  }
}
