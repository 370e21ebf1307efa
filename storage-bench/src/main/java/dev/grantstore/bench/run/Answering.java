package dev.grantstore.bench.run;

import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.benchmark.ScratchStores;
import dev.grantstore.bench.nullengine.NullStore;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.load.CreateOptions;
import dev.grantstore.fixture.load.StoredGrants;
import dev.grantstore.fixture.manifest.Manifest.SyncEntry;
import dev.grantstore.fixture.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Opens the store that answers, whichever engine it is of. One thread. */
abstract class Answering implements AutoCloseable {
  /** {@return what opens the store that answers for a fixture} */
  static Answering of(
      AnsweringEngine engine, Fixture fixture, SyncEntry sync, StoreOptions options) {
    return switch (engine) {
      case OF_FIXTURE -> new OfFixture(fixture, options);
      case MEMORY -> new InMemory(fixture, sync, options);
      case NULL -> new OfNull(fixture);
    };
  }

  abstract String scheme();

  abstract String version();

  /** {@return the address, to open the store once more} */
  abstract String uri();

  /** {@return whether the store has files} */
  abstract boolean isOnDisk();

  /** Opens the store; the caller closes it. */
  abstract GrantStore open(Progress progress);

  /**
   * {@return what has the sync's grants, to be written elsewhere}
   *
   * @param answering the store that {@link #open} gave
   */
  GrantReader source(GrantStore answering) {
    return answering;
  }

  /** Closes what {@link #source} opened; not the store that answers. */
  @Override
  public void close() {}

  /** {@return what makes stores of the same engine to write into} */
  ScratchStores scratch(FolderScratch folders) {
    return folders;
  }

  private static final class OfFixture extends Answering {
    private final Fixture fixture;
    private final StoreOptions options;

    OfFixture(Fixture fixture, StoreOptions options) {
      this.fixture = fixture;
      this.options = options;
    }

    @Override
    String scheme() {
      return fixture.manifest().engine().scheme();
    }

    @Override
    String version() {
      return GrantStores.provider(uri()).engineVersion();
    }

    @Override
    String uri() {
      return fixture.storeUri();
    }

    @Override
    boolean isOnDisk() {
      return true;
    }

    @Override
    GrantStore open(Progress progress) {
      return GrantStores.open(uri(), options);
    }
  }

  private static final class InMemory extends Answering {
    private static final String SCHEME = "memory";

    private final Fixture fixture;
    private final SyncEntry sync;
    private final StoreOptions options;

    InMemory(Fixture fixture, SyncEntry sync, StoreOptions options) {
      this.fixture = fixture;
      this.sync = sync;
      this.options =
          new StoreOptions(
              OpenMode.CREATE, options.durability(), options.cacheBytes(), options.engineOptions());
    }

    @Override
    String scheme() {
      return SCHEME;
    }

    @Override
    String version() {
      return GrantStores.provider(uri()).engineVersion();
    }

    @Override
    String uri() {
      return SCHEME + ":";
    }

    @Override
    boolean isOnDisk() {
      return false;
    }

    @Override
    GrantStore open(Progress progress) {
      GrantStore store = GrantStores.open(uri(), options);
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
  }

  private static final class OfNull extends Answering {
    private final Fixture fixture;
    private @Nullable GrantStore opened;

    OfNull(Fixture fixture) {
      this.fixture = fixture;
    }

    @Override
    GrantReader source(GrantStore answering) {
      GrantStore from = fixture.openStore(StoreOptions.DEFAULT_CACHE_BYTES);
      opened = from;
      return from;
    }

    @Override
    public void close() {
      if (opened != null) {
        opened.close();
      }
    }

    @Override
    String scheme() {
      return "null";
    }

    @Override
    String version() {
      return "keeps nothing, gives one row";
    }

    @Override
    String uri() {
      return "null:";
    }

    @Override
    boolean isOnDisk() {
      return false;
    }

    @Override
    GrantStore open(Progress progress) {
      return new NullStore(0);
    }

    @Override
    ScratchStores scratch(FolderScratch folders) {
      return new NullScratch();
    }
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
