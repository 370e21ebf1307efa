package dev.grantstore.rocksdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.folder.NativeLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads RocksDB's native library, of 17 MB, from where {@link NativeLibrary} keeps it. Where it is
 * in no jar, rocksdbjni's own way is taken.
 */
final class RocksLibrary {
  private static final Object LOCK = new Object();
  private static boolean loaded;

  private RocksLibrary() {}

  /** Loads the library unless it is loaded. */
  static void load() {
    synchronized (LOCK) {
      if (!loaded) {
        try {
          loadOnce();
        } catch (IOException | UnsatisfiedLinkError | RuntimeException e) {
          throw new GrantStoreException(
              Reason.UNSUPPORTED, "RocksDB's native library does not load: " + e.getMessage(), e);
        }
        loaded = true;
      }
    }
  }

  /** The version of the native library, which this loads. */
  static String version() {
    load();
    return RocksDB.rocksdbVersion().toString();
  }

  private static void loadOnce() throws IOException {
    String inJar = "/" + Environment.getJniLibraryFileName("rocksdb");
    // The name that RocksDB.loadLibrary(List) looks for.
    String onDisk = Environment.getJniLibraryFileName("rocksdbjni");
    Optional<Path> folder = NativeLibrary.unpack(RocksDB.class, inJar, onDisk, "rocksdbjni");
    if (folder.isPresent()) {
      RocksDB.loadLibrary(List.of(folder.get().toString()));
    } else {
      RocksDB.loadLibrary();
    }
  }
}
