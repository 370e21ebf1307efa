package dev.grantstore.equivalence.run;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores of an engine that keeps them below a folder. A store may serve several runs, its syncs
 * dropped in between: faster, and it shows what a drop leaves behind.
 */
public final class FolderSubject implements Subject {
  private final String scheme;
  private final Path folder;
  private final List<StoreOptions> variants;
  private final int runsPerStore;
  private @Nullable GrantStore kept;
  private int runs;
  private int stores;

  private FolderSubject(String scheme, Path folder, List<StoreOptions> variants, int runsPerStore) {
    this.scheme = scheme;
    this.folder = folder;
    this.variants = List.copyOf(variants);
    this.runsPerStore = runsPerStore;
  }

  /**
   * {@return a subject}
   *
   * @param scheme the engine's
   * @param folder an existing folder for the stores
   * @param variants sets of options, taken in turn for new stores, and by number for reopening; the
   *     mode is not looked at
   * @param runsPerStore how many runs a store serves, at least 1
   */
  public static Subject of(
      String scheme, Path folder, List<StoreOptions> variants, int runsPerStore) {
    return new FolderSubject(scheme, folder, variants, runsPerStore);
  }

  @Override
  public String name() {
    return scheme;
  }

  @Override
  public GrantStore open() {
    runs++;
    GrantStore store = kept;
    if (store != null) {
      return store;
    }
    int variant = stores;
    stores++;
    store = open(OpenMode.CREATE, variant);
    if (runsPerStore > 1) {
      kept = store;
    }
    return store;
  }

  @Override
  public GrantStore reopen(GrantStore store, int variant) {
    kept = null;
    store.close();
    GrantStore again = open(OpenMode.OPEN, variant);
    if (runsPerStore > 1) {
      kept = again;
    }
    return again;
  }

  @Override
  public boolean isForgetful() {
    return false;
  }

  @Override
  public boolean isKept() {
    return kept != null && runs % runsPerStore != 0;
  }

  @Override
  public void finish(GrantStore store) {
    if (!isKept()) {
      kept = null;
      store.close();
      delete(place());
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
    for (; stores > 0; stores--) {
      delete(place());
    }
  }

  private GrantStore open(OpenMode mode, int variant) {
    StoreOptions options = variants.get(Math.floorMod(variant, variants.size()));
    return GrantStores.open(
        scheme + ":" + place(),
        new StoreOptions(
            mode, options.durability(), options.cacheBytes(), options.engineOptions()));
  }

  private Path place() {
    return folder.resolve("store-" + stores);
  }

  private static void delete(Path place) {
    if (!Files.exists(place)) {
      return;
    }
    try (Stream<Path> found = Files.walk(place)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("store could not be removed: " + place, e);
    }
  }
}
