package dev.grantstore.bench.run;

import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.benchmark.ScratchStores;
import dev.grantstore.bench.nullengine.NullStore;
import dev.grantstore.bench.result.CellResult.StoreState;
import dev.grantstore.bench.result.RunResult.DiskUse;
import dev.grantstore.bench.result.RunResult.EngineFacts;
import dev.grantstore.bench.run.CellRequest.Engine;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.load.StoredGrants;
import dev.grantstore.fixture.manifest.Manifest;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;
import dev.grantstore.fixture.progress.Progress;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.tool.Versions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The store that answers for a fixture, whichever engine it is of: how it is opened, and what a
 * result says of it. One thread.
 */
final class AnsweringStore implements AutoCloseable {
  private static final String OPTION = "option.";

  /** What an engine says that takes no cache of a given size, but has its own way. */
  private static final String CACHE = "cache";

  private final Engine engine;
  private final String address;
  private final Fixture fixture;
  private final SyncEntry sync;
  private final StoreOptions options;
  private @Nullable GrantStore source;

  /** The address is of a store that is no folder; empty otherwise. */
  AnsweringStore(
      Engine engine, String address, Fixture fixture, SyncEntry sync, StoreOptions options) {
    this.engine = engine;
    this.address = address;
    this.fixture = fixture;
    this.sync = sync;
    this.options = options;
  }

  String scheme() {
    return switch (engine) {
      case OF_FIXTURE -> fixture.manifest().engine().scheme();
      case MEMORY -> "memory";
      case ELSEWHERE -> address.substring(0, Math.max(0, address.indexOf(':')));
      case NULL -> "null";
    };
  }

  String version() {
    return engine == Engine.NULL
        ? "keeps nothing, gives one row"
        : GrantStores.provider(uri()).engineVersion();
  }

  /** {@return the address, to open the store once more} */
  String uri() {
    return switch (engine) {
      case OF_FIXTURE -> fixture.storeUri();
      case ELSEWHERE -> address;
      case MEMORY, NULL -> scheme() + ":";
    };
  }

  /** {@return whether the store has files on this machine} */
  boolean isOnDisk() {
    return engine == Engine.OF_FIXTURE;
  }

  /** {@return whether all of the store is in this process} */
  boolean isInMemory() {
    return engine == Engine.MEMORY || engine == Engine.NULL;
  }

  /** Opens the store; the caller closes it. */
  GrantStore open(Progress progress) {
    return switch (engine) {
      case OF_FIXTURE, ELSEWHERE -> GrantStores.open(uri(), options);
      case MEMORY -> filled(progress);
      case NULL -> new NullStore(0);
    };
  }

  private GrantStore filled(Progress progress) {
    StoreOptions create =
        new StoreOptions(
            OpenMode.CREATE, options.durability(), options.cacheBytes(), options.engineOptions());
    GrantStore store = GrantStores.open(uri(), create);
    try (GrantStore from = fixture.openStore(ResidentPass.SMALL_CACHE_BYTES)) {
      StoredGrants.copy(from, sync, store, CreateOptions.defaults(), progress);
    } catch (IOException e) {
      store.close();
      throw new UncheckedIOException("fixture cannot be read: " + fixture.path(), e);
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
    return store;
  }

  /**
   * {@return what has the sync's grants, to be written elsewhere}
   *
   * @param answering the store that {@link #open} gave
   */
  GrantReader source(GrantStore answering) {
    return engine == Engine.NULL || engine == Engine.ELSEWHERE ? source() : answering;
  }

  /** {@return the same where no store was opened} */
  GrantReader source() {
    GrantStore open = source;
    if (open != null) {
      return open;
    }
    // No more than the measured one has: some cache in the heap, of which there may be little.
    GrantStore from =
        fixture.openStore(Math.min(StoreOptions.DEFAULT_CACHE_BYTES, options.cacheBytes()));
    source = from;
    return from;
  }

  /** Closes what {@link #source()} opened; not the store that answers. */
  @Override
  public void close() {
    if (source != null) {
      source.close();
    }
  }

  /**
   * {@return what makes stores of the same engine, which goes with those that are left}
   *
   * @param parent where folders are made
   */
  OwnedScratch newScratch(Path parent) {
    return engine == Engine.ELSEWHERE
        ? new ClusterScratch(address, options)
        : new FolderScratch(scheme(), parent, options);
  }

  /** {@return what makes stores of the same engine to write into} */
  ScratchStores scratch(OwnedScratch owned) {
    return engine == Engine.NULL ? new NullScratch() : owned;
  }

  /** {@return where the fixture has its files, whoever answers} */
  Path filesOfFixture() {
    String scheme = fixture.manifest().engine().scheme();
    return Path.of(fixture.storeUri().substring(scheme.length() + 1));
  }

  /** {@return what a result says of the engine, of which the store told its state} */
  EngineFacts facts(StoreState state) {
    SortedMap<String, String> effective = new TreeMap<>();
    state
        .engine()
        .forEach(
            (name, value) -> {
              if (name.startsWith(OPTION)) {
                effective.put(name.substring(OPTION.length()), value);
              }
            });
    effective.put(EngineFacts.BUILD, Versions.tool());
    String cache = isInMemory() ? "none, all is in memory" : state.engine().get(CACHE);
    if (cache != null) {
      effective.put(CACHE, cache);
    }
    if (engine == Engine.ELSEWHERE) {
      effective.put(EngineFacts.PLACE, address.substring(0, Math.max(0, address.indexOf('/'))));
      for (String name : EngineFacts.OF_CLUSTER) {
        String told = state.engine().get(name);
        if (told != null) {
          effective.put(name, told);
        }
      }
    }
    return new EngineFacts(
        scheme(),
        version(),
        isInMemory() ? "in memory" : options.mode().name(),
        options.durability().name(),
        options.cacheBytes(),
        new TreeMap<>(options.engineOptions()),
        effective);
  }

  /** {@return what a result says of the store's files} */
  DiskUse disk(StoreState state) throws IOException {
    if (engine == Engine.ELSEWHERE) {
      return DiskUse.notKnown();
    }
    if (!isOnDisk()) {
      return new DiskUse(0, "in memory", new TreeMap<>(), 0, 0, 0);
    }
    Manifest manifest = fixture.manifest();
    long bytes = FolderTree.allocatedBytes(filesOfFixture());
    long canonical = manifest.syncs().stream().mapToLong(SyncEntry::canonicalBytes).sum();
    SortedMap<String, Long> keyspaces = new TreeMap<>();
    long keyspaceBytes = 0;
    for (StoreState.Keyspace keyspace : state.keyspaces()) {
      keyspaces.put(keyspace.name(), keyspace.fileBytes());
      keyspaceBytes += keyspace.fileBytes();
    }
    return new DiskUse(
        bytes,
        "allocated blocks",
        keyspaces,
        Math.max(0, bytes - keyspaceBytes),
        (double) bytes / manifest.grants(),
        canonical == 0 ? 0 : (double) bytes / canonical);
  }

  /** Null stores take every write. */
  private static final class NullScratch implements ScratchStores {
    @Override
    public GrantStore open() {
      return new NullStore(0);
    }

    @Override
    public Path folder() {
      throw new UnsupportedOperationException("the null engine has no files");
    }

    @Override
    public GrantStore openAt(Path location, OpenMode mode) {
      return open();
    }

    @Override
    public long cacheBytes() {
      return 0;
    }

    @Override
    public long discard() {
      return 0;
    }

    @Override
    public String durability() {
      return "none";
    }
  }
}
