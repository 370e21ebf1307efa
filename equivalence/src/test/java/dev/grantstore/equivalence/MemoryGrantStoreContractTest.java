package dev.grantstore.equivalence;

import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.testkit.Capability;
import dev.grantstore.equivalence.testkit.GrantStoreContract;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

final class MemoryGrantStoreContractTest extends GrantStoreContract {
  @Override
  protected GrantStore open(Path location, OpenMode mode, Durability durability) {
    return GrantStores.open("memory:", StoreOptions.of(mode).withDurability(durability));
  }

  @Override
  protected Set<Capability> claims() {
    return EnumSet.of(
        Capability.BULK_LOAD,
        Capability.LONG_IDS,
        Capability.RESUME_TOKENS,
        Capability.EXACT_EXPIRY);
  }

  @Override
  protected String scheme() {
    return "memory";
  }
}
