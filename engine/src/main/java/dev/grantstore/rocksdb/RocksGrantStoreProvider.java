package dev.grantstore.rocksdb;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.codec.SyncRow;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.rocksdb.RocksDBException;

/** Opens {@code rocksdb:FOLDER}. */
public final class RocksGrantStoreProvider implements GrantStoreProvider {
  private static final int READ_ONLY_ATTEMPTS = 5;

  /** What a file that was deleted meanwhile looks like. */
  private static final Set<Reason> MAY_PASS =
      Set.of(Reason.DATA_LOSS, Reason.IO, Reason.CORRUPTION);

  /** For the service loader. */
  public RocksGrantStoreProvider() {}

  @Override
  public String scheme() {
    return "rocksdb";
  }

  @Override
  public String engineVersion() {
    return "rocksdbjni " + RocksLibrary.version();
  }

  @Override
  public GrantStore open(String location, StoreOptions options) {
    RocksSettings.of(options);
    RocksLibrary.load();
    try {
      StoreFolder folder = StoreFolder.claim(location, options.mode());
      try {
        return options.mode() == OpenMode.READ_ONLY
            ? openBesideWriter(folder, options)
            : open(folder, options);
      } catch (IOException | RuntimeException e) {
        folder.abandon();
        throw e;
      }
    } catch (AccessDeniedException e) {
      throw new GrantStoreException(
          Reason.NOT_WRITABLE, "store may not be accessed: " + e.getMessage(), e);
    } catch (FileSystemException e) {
      throw new GrantStoreException(
          String.valueOf(e.getReason()).contains("Read-only") ? Reason.NOT_WRITABLE : Reason.IO,
          "store cannot be opened: " + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new GrantStoreException(Reason.IO, "store cannot be opened: " + e, e);
    }
  }

  /** A writer may delete files while they are opened; what then looks like a loss is none. */
  private static GrantStore openBesideWriter(StoreFolder folder, StoreOptions options)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return open(folder, options);
      } catch (GrantStoreException e) {
        if (!MAY_PASS.contains(e.reason()) || attempt == READ_ONLY_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /**
   * Looks for lost writes before RocksDB may change anything: recovering from a damaged log, it
   * deletes what it cannot use.
   */
  private static void lookBeforeRecovery(
      StoreFolder folder, StoreOptions options, Watermark watermark) throws RocksDBException {
    StoreOptions reading =
        new StoreOptions(OpenMode.READ_ONLY, options.durability(), 0, options.engineOptions());
    try (RocksHandles handles = RocksHandles.open(folder.database(), reading, false)) {
      watermark.checkCommit(SyncCatalog.read(handles).commit());
    }
  }

  private static GrantStore open(StoreFolder folder, StoreOptions options) throws IOException {
    boolean isNew = folder.isNew();
    Watermark watermark = new Watermark(folder);
    if (isNew) {
      Files.createDirectories(folder.database());
    } else {
      watermark.checkManifest();
    }
    RocksHandles handles;
    try {
      if (!isNew && options.mode() != OpenMode.READ_ONLY && folder.hasLog()) {
        lookBeforeRecovery(folder, options, watermark);
      }
      handles = RocksHandles.open(folder.database(), options, isNew);
    } catch (RocksDBException e) {
      throw RocksErrors.wrap("store cannot be opened: " + folder.path(), e);
    }
    CrashPoint.reached();
    try {
      SyncCatalog catalog = SyncCatalog.read(handles);
      watermark.checkCommit(catalog.commit());
      if (options.mode() != OpenMode.READ_ONLY) {
        // RocksDB begins a new manifest with every opening.
        watermark.write(catalog.commit());
      }
      if (isNew) {
        folder.markReady();
      }
      RocksWrites writes = new RocksWrites(handles, watermark, catalog);
      try {
        if (options.mode() != OpenMode.READ_ONLY) {
          undoAbandonedLoads(writes);
          folder.deleteAbandonedLoads();
        }
        return RocksGrantStore.over(handles, writes, folder, folder.identity());
      } catch (IOException | RuntimeException e) {
        writes.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      handles.close();
      throw e;
    }
  }

  private static void undoAbandonedLoads(RocksWrites writes) {
    List<SyncRow> abandoned =
        writes.catalog().rows().values().stream().filter(SyncRow::loading).toList();
    abandoned.forEach(writes::undoIngest);
  }
}
