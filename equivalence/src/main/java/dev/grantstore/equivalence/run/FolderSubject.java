package dev.grantstore.equivalence.run;

import dev.grantstore.Durability;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.keyvalue.FirstSyncNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores of an engine that keeps them below a folder. A store may serve several runs, its syncs
 * dropped in between: faster, and it shows what a drop leaves behind.
 */
public final class FolderSubject implements Subject {
  private static final long CACHE_BYTES = 8 << 20;

  /** For a few rows: else each opening reserves 70 MB for the log and some for each keyspace. */
  private static final Settings THRIFTY =
      Settings.of(Map.of("rocksdb.allow_fallocate", "0", "rocksdb.write_buffer_size", "1048576"));

  /** How an engine opens a store; what settings it does not know, it passes over. */
  @FunctionalInterface
  public interface Opening {
    /**
     * {@return an open store}
     *
     * @param place a folder, or nothing yet, whose parent exists
     * @param mode what is expected there
     * @param settings what to open it with
     */
    GrantStore open(Path place, OpenMode mode, Settings settings);

    /**
     * Removes a store that is closed.
     *
     * @param place as given to {@link #open}; there may be nothing
     */
    default void remove(Path place) {
      CrashImage.delete(place);
    }

    /**
     * {@return where the store itself is, of one that is opened at a place} There, or below it.
     *
     * @param place as given to {@link #open}
     */
    default Path location(Path place) {
      return place;
    }
  }

  /** How an engine opens a store whose location is no path: by a name that is made of one. */
  private record Named(String scheme, String prefix) implements Opening {
    @Override
    public GrantStore open(Path place, OpenMode mode, Settings settings) {
      return GrantStores.open(scheme + ":" + name(place), options(scheme, mode, settings));
    }

    @Override
    public void remove(Path place) {
      GrantStores.engine(scheme).remove(name(place));
    }

    private String name(Path place) {
      int names = place.getNameCount();
      return prefix + "-" + place.getName(names - 2) + "-" + place.getName(names - 1);
    }
  }

  private final String name;
  private final Opening opening;
  private final Path folder;
  private final int runsPerStore;
  private @Nullable GrantStore kept;
  private Settings current = Settings.DEFAULTS;
  private int runs;
  private int stores;

  private FolderSubject(String name, Opening opening, Path folder, int runsPerStore) {
    this.name = name;
    this.opening = opening;
    this.folder = folder;
    this.runsPerStore = runsPerStore;
  }

  /**
   * {@return a subject}
   *
   * @param scheme the engine's
   * @param folder an existing folder for the stores
   * @param runsPerStore how many runs a store serves, at least 1
   */
  public static Subject of(String scheme, Path folder, int runsPerStore) {
    return of(
        scheme,
        (place, mode, settings) ->
            GrantStores.open(GrantStores.address(scheme, place), options(scheme, mode, settings)),
        folder,
        runsPerStore);
  }

  /**
   * {@return a subject of an engine whose locations are no paths; it cannot {@link #crash}}
   *
   * @param scheme the engine's
   * @param prefix what the stores' locations begin with
   * @param folder whose name, which nobody else uses, is in the locations
   * @param runsPerStore how many runs a store serves, at least 1
   */
  public static Subject named(String scheme, String prefix, Path folder, int runsPerStore) {
    return new FolderSubject(scheme, new Named(scheme, prefix), folder, runsPerStore);
  }

  /**
   * {@return a subject}
   *
   * @param name for reports
   * @param opening opens its stores
   * @param folder an existing folder for the stores
   * @param runsPerStore how many runs a store serves, at least 1
   */
  public static Subject of(String name, Opening opening, Path folder, int runsPerStore) {
    return new FolderSubject(name, opening, folder, runsPerStore);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public GrantStore open(Settings settings) {
    GrantStore store = kept;
    if (store != null && settings.firstSync().isPresent()) {
      // Only a new store numbers its syncs from there.
      kept = null;
      store.close();
      opening.remove(place());
    } else if (store != null) {
      runs++;
      return settings.equals(current) ? store : reopen(store, settings);
    }
    runs = 1;
    stores++;
    return keep(open(OpenMode.CREATE, settings), settings);
  }

  @Override
  public GrantStore reopen(GrantStore store, Settings settings) {
    kept = null;
    store.close();
    return keep(open(OpenMode.OPEN, settings), settings);
  }

  @Override
  public GrantStore crash(GrantStore store, Settings settings) {
    kept = null;
    Path old = place();
    CrashImage.take(old, folder.resolve("store-" + (stores + 1)));
    store.close();
    CrashImage.delete(old);
    stores++;
    return keep(open(OpenMode.OPEN, settings), settings);
  }

  @Override
  public GrantStore openReadOnly(GrantStore store) {
    kept = null;
    store.close();
    return open(OpenMode.READ_ONLY, current);
  }

  /** Beside the store, so that files can be linked. */
  @Override
  public Optional<GrantStore> checkpoint(GrantStore store) {
    Path copied = folder.resolve("checkpoint");
    try {
      Path location = opening.location(copied);
      if (!location.equals(copied)) {
        Files.createDirectories(copied);
      }
      store.checkpoint(location);
    } catch (IOException e) {
      throw new UncheckedIOException("folder for a checkpoint could not be made: " + copied, e);
    } catch (GrantStoreException e) {
      CrashImage.delete(copied);
      if (e.reason() == Reason.UNSUPPORTED) {
        return Optional.empty();
      }
      throw e;
    }
    boolean opened = false;
    try {
      GrantStore copy = opening.open(copied, OpenMode.OPEN, current);
      opened = true;
      return Optional.of(
          new ForwardingGrantStore(copy) {
            @Override
            public void close() {
              super.close();
              CrashImage.delete(copied);
            }
          });
    } finally {
      if (!opened) {
        CrashImage.delete(copied);
      }
    }
  }

  @Override
  public boolean isForgetful() {
    return false;
  }

  @Override
  public boolean isKept() {
    return kept != null && runs < runsPerStore;
  }

  @Override
  public void finish(GrantStore store) {
    if (!isKept()) {
      kept = null;
      store.close();
      opening.remove(place());
      return;
    }
    for (SyncRun sync : store.syncs()) {
      store.drop(sync.id());
    }
  }

  @Override
  public void close() {
    GrantStore store = kept;
    kept = null;
    if (store != null) {
      store.close();
    }
    opening.remove(place());
  }

  private GrantStore keep(GrantStore store, Settings settings) {
    current = settings;
    kept = store;
    return store;
  }

  private GrantStore open(OpenMode mode, Settings settings) {
    int first = (int) settings.firstSync().orElse(0);
    return FirstSyncNumber.openingAt(first, () -> opening.open(place(), mode, settings));
  }

  /**
   * {@return how a store with few rows is opened}
   *
   * @param scheme the engine's
   * @param mode what is expected there
   * @param settings what differs from the engine's own; what is for other engines is passed over
   */
  public static StoreOptions options(String scheme, OpenMode mode, Settings settings) {
    Map<String, String> values = THRIFTY.with(settings.values()).values();
    StoreOptions options =
        StoreOptions.of(mode)
            .withDurability(settings.durability().orElse(Durability.WAL))
            .withCacheBytes(settings.cacheBytes().orElse(CACHE_BYTES));
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (value.getKey().startsWith(scheme + ".")) {
        options =
            options.withEngineOption(
                value.getKey().substring(scheme.length() + 1), value.getValue());
      }
    }
    return options;
  }

  private Path place() {
    return folder.resolve("store-" + stores);
  }
}
