package dev.grantstore.mvstore;

import dev.grantstore.Closing;
import dev.grantstore.Excerpt;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.FileErrors;
import dev.grantstore.keyvalue.KeyValueStore;
import dev.grantstore.keyvalue.StoreFolder;
import dev.grantstore.keyvalue.StoreIdentity;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Opens {@code mvstore:FOLDER}. A store that is open for writing cannot be opened for reading at
 * the same time, nor the other way round; any number may read it.
 *
 * <p>What is replaced or dropped gives its room back once no cursor and no snapshot leads to it and
 * the file was synced after. Without {@code SYNC} that is done at seals, drops, loads, {@code
 * flush} and {@code settle}, and else once for every 32 MiB written, so the file may grow by that
 * much. {@code settle} makes the file smaller as far as it goes; writes only keep it from growing.
 *
 * <p>A damaged page fails the calls that need it. Where room is given back it may be one that
 * nobody asked for: then every call fails until the store is opened again; the option {@code
 * autoCompactFillRate=0} leaves such pages alone, and lets the file grow.
 */
public final class MvGrantStoreProvider implements GrantStoreProvider {
  static final String SCHEME = "mvstore";

  private static final String FILE = "grants.mv";
  private static final int MARKED_SINCE = 1;

  /** For the service loader. */
  public MvGrantStoreProvider() {}

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public String engineVersion() {
    String version = MVStore.class.getPackage().getImplementationVersion();
    return "h2-mvstore " + (version == null ? "of unknown version" : version);
  }

  @Override
  public GrantStore open(String location, StoreOptions options) {
    Map<MvOption, Integer> values = MvOption.valuesOf(options);
    // Before anything is made: fails if the library is missing.
    engineVersion();
    // A thread that is interrupted cannot lock a file.
    boolean interrupted = Thread.interrupted();
    try {
      StoreFolder folder = StoreFolder.claimAlone(location, scheme(), options.mode());
      try {
        return open(folder, options, values);
      } catch (IOException | RuntimeException e) {
        folder.abandon(e);
        throw e;
      }
    } catch (MVStoreException e) {
      throw MvErrors.wrap("store cannot be opened: " + Excerpt.of(location), e);
    } catch (IOException e) {
      throw FileErrors.wrapOpening(e, Path.of(location));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static GrantStore open(
      StoreFolder folder, StoreOptions options, Map<MvOption, Integer> values) throws IOException {
    boolean isNew = folder.isNew();
    boolean isNamed = isNamed(folder);
    Path file = folder.database().resolve(FILE);
    DurableMark mark = DurableMark.of(folder.path(), MARKED_SINCE);
    if (isNew) {
      mark.readNew();
      // What a process left that died while it made the store.
      FolderTree.delete(folder.database());
      Files.createDirectory(folder.database());
    } else if (!Files.exists(file) || Files.size(file) == 0) {
      throw new GrantStoreException(Reason.DATA_LOSS, "store's file is missing or empty: " + file);
    } else {
      mark.read(folder.version());
    }
    MvDatabase database = openNewest(folder, mark, file, options, values);
    try {
      SyncCatalog catalog = CatalogRows.read(database);
      KeyValueStore.Place place = new KeyValueStore.Place(folder.identity(), folder.path(), folder);
      if (options.mode() == OpenMode.READ_ONLY) {
        database.showTrees(catalog);
        return KeyValueStore.forReading(database, catalog, place);
      }
      database.settle(catalog);
      database.showTrees(catalog);
      KeyValueStore store = KeyValueStore.forWriting(database, catalog, place);
      if (!isNamed) {
        store.makeFirst();
        FolderTree.force(folder.database());
        FolderTree.force(folder.path());
        folder.markReady();
      }
      folder.renewFormat();
      store.tidy();
      return store;
    } catch (IOException | RuntimeException e) {
      // Whatever is in the file is to stay as it is.
      Closing.after(e, List.of(database));
      throw e;
    }
  }

  /**
   * Opens the newest version that is whole. After a loss of power MVStore may take an older one for
   * it, or one that is not whole, and finds the right one only if it looks at the whole file.
   */
  private static MvDatabase openNewest(
      StoreFolder folder,
      DurableMark mark,
      Path file,
      StoreOptions options,
      Map<MvOption, Integer> values)
      throws IOException {
    try {
      return openChecked(folder, mark, file, options, values, false);
    } catch (MVStoreException | GrantStoreException first) {
      try {
        return openChecked(folder, mark, file, options, values, true);
      } catch (MVStoreException | GrantStoreException second) {
        throw first;
      }
    }
  }

  private static MvDatabase openChecked(
      StoreFolder folder,
      DurableMark mark,
      Path path,
      StoreOptions options,
      Map<MvOption, Integer> values,
      boolean scans)
      throws IOException {
    MvFile file = MvFile.open(path, options, values, MvDatabase.syncedVersion(mark), scans);
    try {
      MvDatabase database = new MvDatabase(file, mark, folder.identity());
      SyncCatalog catalog = CatalogRows.read(database);
      if (!folder.isNew()) {
        mark.check(catalog.commit());
      }
      if (isNamed(folder)) {
        UUID found = StoreIdentity.read(database);
        mark.check(found, catalog.commit());
        StoreIdentity.requireSame(folder.path(), found, "FORMAT", folder.identity());
      }
      file.checkTrees(catalog);
      return database;
    } catch (IOException | RuntimeException e) {
      // Whatever is in the file is to stay as it is.
      file.abandon();
      throw e;
    }
  }

  private static boolean isNamed(StoreFolder folder) throws IOException {
    return !folder.isNew() && folder.version() >= FormatVersion.MARKED;
  }
}
