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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Takes minutes: each read goes to a server and back. What takes longest is bounded: to one program
 * of several threads and sequences of one operation, or to {@code -Dtests.kudu.most=N} of each.
 */
@Tag("kudu")
final class KuduGrantStoreContractTest extends GrantStoreContract {
  @RegisterExtension static final KuduServers SERVERS = new KuduServers(1);

  private static final long MOST = Long.getLong("tests.kudu.most", 1);

  @Override
  protected GrantStore open(Path location, OpenMode mode, Durability durability) {
    // The test looks for the location's last name in errors.
    String name = location.toString().replaceAll("[^A-Za-z0-9._-]", "_");
    return GrantStores.open(
        SERVERS.cluster().address(name), StoreOptions.of(mode).withDurability(durability));
  }

  @Override
  protected Set<Capability> claims() {
    return EnumSet.complementOf(
        EnumSet.of(
            Capability.CHECKPOINTS,
            Capability.LONG_IDS,
            Capability.FOLDER,
            Capability.LASTING_SNAPSHOTS,
            Capability.SYNC_DURABILITY));
  }

  @Override
  protected long most(String setting) {
    return switch (setting) {
      case "equiv.programs", "equiv.depth" -> MOST;
      default -> Long.MAX_VALUE;
    };
  }

  @Override
  protected String scheme() {
    return "kudu";
  }
}
