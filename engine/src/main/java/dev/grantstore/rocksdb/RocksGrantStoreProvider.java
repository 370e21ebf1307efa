package dev.grantstore.rocksdb;

import dev.grantstore.Closing;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.keyvalue.CrashPoint;
import dev.grantstore.keyvalue.FileErrors;
import dev.grantstore.keyvalue.KeyValueStore;
import dev.grantstore.keyvalue.StoreFolder;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.rocksdb.RocksDBException;

/** Opens {@code rocksdb:FOLDER}. */
public final class RocksGrantStoreProvider implements GrantStoreProvider {
  private static final String SCHEME = "rocksdb";
  private static final int READ_ONLY_ATTEMPTS = 5;

  /** What a file that was deleted meanwhile looks like. */
  private static final Set<Reason> MAY_PASS =
      Set.of(Reason.DATA_LOSS, Reason.IO, Reason.CORRUPTION);

  /** For the service loader. */
  public RocksGrantStoreProvider() {}

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public String engineVersion() {
    return "rocksdbjni " + RocksLibrary.version();
  }

  @Override
  public GrantStore open(String location, StoreOptions options) {
    RocksSettings settings = RocksSettings.of(options);
    RocksLibrary.load();
    try {
      StoreFolder folder = StoreFolder.claim(location, SCHEME, options.mode());
      try {
        return options.mode() == OpenMode.READ_ONLY
            ? openBesideWriter(folder, options, settings)
            : open(folder, options, settings);
      } catch (IOException | RuntimeException e) {
        folder.abandon(e);
        throw e;
      }
    } catch (IOException e) {
      throw FileErrors.wrapOpening(e, Path.of(location));
    }
  }

  /** A writer may delete files while they are opened; what then looks like a loss is none. */
  private static GrantStore openBesideWriter(
      StoreFolder folder, StoreOptions options, RocksSettings settings) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return open(folder, options, settings);
      } catch (GrantStoreException e) {
        if (!MAY_PASS.contains(e.reason()) || attempt == READ_ONLY_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /**
   * Looks for lost writes before anything may be changed: recovering from a damaged log, RocksDB
   * deletes what it cannot use.
   */
  private static void lookBeforeRecovery(
      StoreFolder folder,
      Manifest manifest,
      StoreOptions options,
      RocksSettings settings,
      Watermark watermark)
      throws RocksDBException, IOException {
    StoreOptions reading =
        new StoreOptions(OpenMode.READ_ONLY, options.durability(), 0, options.engineOptions());
    try (RocksDatabase found =
        new RocksDatabase(openWhole(folder, manifest, reading, settings), watermark)) {
      watermark.check(found, CatalogRows.read(found).commit());
    }
  }

  /** Opens for reading, as if what was torn were not there; changes nothing in the store. */
  private static RocksHandles openWhole(
      StoreFolder folder, Manifest manifest, StoreOptions reading, RocksSettings settings)
      throws RocksDBException, IOException {
    NativeOwner owner = new NativeOwner();
    Path list = folder.database();
    if (manifest.isTorn()) {
      list = manifest.cutCopy(owner);
    }
    return RocksHandles.openListed(folder.database(), list, reading, settings, owner);
  }

  /**
   * Opens for reading and writing; what was torn is cut off once it is known that nothing is lost.
   */
  private static RocksHandles openToWrite(
      StoreFolder folder,
      Manifest manifest,
      StoreOptions options,
      RocksSettings settings,
      Watermark watermark)
      throws RocksDBException, IOException {
    boolean isNew = folder.isNew();
    if (!isNew && (manifest.isTorn() || hasLog(folder.database()))) {
      lookBeforeRecovery(folder, manifest, options, settings, watermark);
    }
    if (manifest.isTorn()) {
      manifest.cut();
    }
    if (!isNew && folder.version() >= FormatVersion.MARKED) {
      // Opening makes the family of pages, which older code would not know.
      folder.renewFormat();
    }
    return RocksHandles.open(folder.database(), options, settings, isNew);
  }

  private static GrantStore open(StoreFolder folder, StoreOptions options, RocksSettings settings)
      throws IOException {
    boolean isNew = folder.isNew();
    Watermark watermark = new Watermark(folder);
    Manifest manifest = isNew ? watermark.checkNew() : watermark.checkManifest();
    if (isNew) {
      Files.createDirectories(folder.database());
    }
    RocksHandles handles;
    try {
      handles =
          options.mode() == OpenMode.READ_ONLY
              ? openWhole(folder, manifest, options, settings)
              : openToWrite(folder, manifest, options, settings, watermark);
    } catch (RocksDBException e) {
      throw RocksErrors.wrap("store cannot be opened: " + folder.path(), e);
    }
    CrashPoint.reached();
    RocksDatabase database = new RocksDatabase(handles, watermark);
    try {
      SyncCatalog catalog = CatalogRows.read(database);
      if (!isNew) {
        watermark.check(database, catalog.commit());
      }
      KeyValueStore.Place place = new KeyValueStore.Place(folder.identity(), folder.path(), folder);
      if (options.mode() == OpenMode.READ_ONLY) {
        return KeyValueStore.forReading(database, catalog, place);
      }
      KeyValueStore store = KeyValueStore.forWriting(database, catalog, place);
      if (isNew || folder.version() < FormatVersion.MARKED) {
        store.makeFirst();
        folder.markReady();
      } else {
        // RocksDB begins a new manifest with every opening.
        watermark.write(catalog.commit());
      }
      store.tidy();
      RocksCheckpoint.removeLeftovers(folder.path());
      return store;
    } catch (IOException | RuntimeException e) {
      Closing.after(e, List.of(database));
      throw e;
    }
  }

  /** Whether opening the database means recovering writes from its log. */
  private static boolean hasLog(Path database) throws IOException {
    for (Path file : FolderTree.entries(database)) {
      if (file.toString().endsWith(".log") && Files.size(file) > 0) {
        return true;
      }
    }
    return false;
  }
}
