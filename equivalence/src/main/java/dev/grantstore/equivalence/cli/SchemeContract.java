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

  /** The capabilities that it does not claim, separated by commas. */
  static final String NOT_CLAIMED = "equiv.card.notClaimed";

  @Override
  protected GrantStore open(Path location, OpenMode mode, Durability durability) {
    return GrantStores.open(
        scheme().equals("memory") ? "memory:" : GrantStores.address(scheme(), location),
        StoreOptions.of(mode).withDurability(durability));
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
    Arrays.stream(System.getProperty(NOT_CLAIMED, "").split(","))
        .filter(name -> !name.isEmpty())
        .map(Capability::valueOf)
        .forEach(claims::remove);
    return claims;
  }
}
