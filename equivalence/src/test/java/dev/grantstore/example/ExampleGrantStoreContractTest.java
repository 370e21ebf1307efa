package dev.grantstore.example;

import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.testkit.Capability;
import dev.grantstore.equivalence.testkit.GrantStoreContract;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/** In the deep tier: each build has {@code equiv card} run the contract on the example. */
@Tag("deep")
final class ExampleGrantStoreContractTest extends GrantStoreContract {
  @Override
  protected GrantStore open(Path location, OpenMode mode, Durability durability) {
    return GrantStores.open("example:", StoreOptions.of(mode).withDurability(durability));
  }

  @Override
  protected Set<Capability> claims() {
    return Set.of(
        Capability.BULK_LOAD,
        Capability.LONG_IDS,
        Capability.RESUME_TOKENS,
        Capability.EXACT_EXPIRY);
  }

  @Override
  protected String scheme() {
    return "example";
  }
}
