package dev.grantstore.bench.run;

import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.benchmark.ScratchStores;
import dev.grantstore.bench.nullengine.NullStore;
import dev.grantstore.bench.run.CellRequest.Engine;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.load.StoredGrants;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;
import dev.grantstore.fixture.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Opens the store that answers for a fixture, whichever engine it is of. One thread. */
final class AnsweringStore implements AutoCloseable {
  private final Engine engine;
  private final Fixture fixture;
  private final SyncEntry sync;
  private final StoreOptions options;
  private @Nullable GrantStore source;

  AnsweringStore(Engine engine, Fixture fixture, SyncEntry sync, StoreOptions options) {
    this.engine = engine;
    this.fixture = fixture;
    this.sync = sync;
    this.options = options;
  }

  String scheme() {
    return switch (engine) {
      case OF_FIXTURE -> fixture.manifest().engine().scheme();
      case MEMORY -> "memory";
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
    return isOnDisk() ? fixture.storeUri() : scheme() + ":";
  }

  /** {@return whether the store has files} */
  boolean isOnDisk() {
    return engine == Engine.OF_FIXTURE;
  }

  /** Opens the store; the caller closes it. */
  GrantStore open(Progress progress) {
    return switch (engine) {
      case OF_FIXTURE -> GrantStores.open(uri(), options);
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
    if (engine != Engine.NULL) {
      return answering;
    }
    GrantStore from = fixture.openStore(StoreOptions.DEFAULT_CACHE_BYTES);
    source = from;
    return from;
  }

  /** Closes what {@link #source} opened; not the store that answers. */
  @Override
  public void close() {
    if (source != null) {
      source.close();
    }
  }

  /** {@return what makes stores of the same engine to write into} */
  ScratchStores scratch(FolderScratch folders) {
    return engine == Engine.NULL ? new NullScratch() : folders;
  }

  /** Null stores take every write. */
  private static final class NullScratch implements ScratchStores {
    @Override
    public GrantStore open() {
      return new NullStore(0);
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
