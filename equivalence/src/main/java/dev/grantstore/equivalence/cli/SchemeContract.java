package dev.grantstore.equivalence.cli;

import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.equivalence.testkit.Capability;
import dev.grantstore.equivalence.testkit.GrantStoreContract;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The contract for an engine that is named on the command line. JUnit makes it, so what it is about
 * comes by system properties, which {@link CardCommand} sets.
 */
final class SchemeContract extends GrantStoreContract {
  /** The engine's scheme. */
  static final String SCHEME = "equiv.card.scheme";

  /** What its stores' locations begin with; empty if they are paths. */
  static final String PREFIX = "equiv.card.prefix";

  /** The capabilities that it does not claim, separated by commas. */
  static final String NOT_CLAIMED = "equiv.card.notClaimed";

  @Override
  protected GrantStore open(Path location, OpenMode mode, Durability durability) {
    return GrantStores.open(address(location), StoreOptions.of(mode).withDurability(durability));
  }

  private String address(Path location) {
    if (scheme().equals("memory")) {
      return "memory:";
    }
    String prefix = System.getProperty(PREFIX, "");
    return prefix.isEmpty()
        ? GrantStores.address(scheme(), location)
        : scheme() + ":" + prefix + location.toString().replaceAll("[^A-Za-z0-9._-]", "_");
  }

  @Override
  protected String scheme() {
    return System.getProperty(SCHEME, "");
  }

  @Override
  protected Set<Capability> claims() {
    Set<Capability> claims = EnumSet.allOf(Capability.class);
    if (!ShortIds.areTakenOnlyBy(List.of(scheme())).isEmpty()) {
      claims.remove(Capability.LONG_IDS);
    }
    if (!System.getProperty(PREFIX, "").isEmpty()) {
      claims.remove(Capability.FOLDER);
      claims.remove(Capability.CHECKPOINTS);
    }
    Arrays.stream(System.getProperty(NOT_CLAIMED, "").split(","))
        .filter(name -> !name.isEmpty())
        .map(Capability::valueOf)
        .forEach(claims::remove);
    return claims;
  }
}
