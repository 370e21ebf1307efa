package dev.grantstore.bench.experiment;

import dev.grantstore.ContentDigest;
import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.bench.run.FixtureGrants;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.error.FixtureException;
import dev.grantstore.fixture.error.FixtureException.Problem;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.load.StoredGrants;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;
import dev.grantstore.fixture.progress.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings a fixture's largest sync into a store that is no folder, once: its name says which grants
 * are in it, made with which settings, and whoever finds it takes it as it is. It is kept, as
 * fixtures are.
 */
final class ClusterCopy {
  private ClusterCopy() {}

  /**
   * A store that holds the sync.
   *
   * @param address the store's
   * @param wasFound whether it was there
   */
  record Copy(String address, boolean wasFound) {}

  /**
   * {@return the store}
   *
   * @param source holds the grants
   * @param engine is to hold them
   * @param durability of the load
   * @param progress told how far it is
   * @throws IOException if the fixture cannot be read
   */
  static Copy make(Fixture source, EngineSpec engine, Durability durability, Progress progress)
      throws IOException {
    SyncEntry sync = FixtureGrants.largestSync(source);
    String address = engine.address("-" + name(sync, engine));
    StoreOptions plain = StoreOptions.of(OpenMode.OPEN_OR_CREATE);
    StoreOptions options =
        new StoreOptions(plain.mode(), durability, plain.cacheBytes(), engine.options());
    try (GrantStore store = GrantStores.open(address, options)) {
      Optional<ContentDigest> found = store.sync(sync.id()).flatMap(SyncRun::digest);
      boolean wasFound = found.isPresent();
      if (!wasFound) {
        progress.phase("loading " + engine.name(), -1);
        try (GrantStore from = source.openStore(StoreOptions.DEFAULT_CACHE_BYTES)) {
          found =
              StoredGrants.copy(from, sync, store, CreateOptions.defaults(), progress)
                  .run()
                  .digest();
        }
      }
      if (!found.equals(Optional.of(sync.all().digest()))) {
        throw new FixtureException(
            Problem.DAMAGED, "store does not hold what its name says; remove it: " + address);
      }
      return new Copy(address, wasFound);
    }
  }

  private static String name(SyncEntry sync, EngineSpec engine) {
    String all =
        String.join("\n", sync.id(), sync.all().digest().hex(), engine.options().toString());
    UUID hash = UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%d-%s", sync.all().rows(), hash.toString().substring(0, 8));
  }
}
