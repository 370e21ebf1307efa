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
import org.rocksdb.RocksDBException;

/** Opens {@code rocksdb:FOLDER}. */
public final class RocksGrantStoreProvider implements GrantStoreProvider {
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
        return open(folder, options);
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
