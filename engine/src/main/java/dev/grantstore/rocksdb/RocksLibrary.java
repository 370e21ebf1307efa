package dev.grantstore.rocksdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads RocksDB's native library from one fixed place per build of it.
 *
 * <p>Left to itself, rocksdbjni unpacks a 17 MB copy into the temp folder at every start and leaves
 * it there when the process is killed. Here it is unpacked once, into the folder that the system
 * property {@value #FOLDER_PROPERTY} names, or else the user's cache folder. Where that cannot be
 * written, rocksdbjni's own way is taken.
 */
final class RocksLibrary {
  static final String FOLDER_PROPERTY = "grantstore.native.dir";

  private static final Object LOCK = new Object();
  private static boolean loaded;

  private RocksLibrary() {}

  /** Loads the library unless it is loaded. */
  static void load() {
    synchronized (LOCK) {
      if (!loaded) {
        try {
          loadOnce();
        } catch (UnsatisfiedLinkError | RuntimeException e) {
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

  private static void loadOnce() {
    Path folder;
    try {
      folder = unpack();
    } catch (IOException e) {
      RocksDB.loadLibrary();
      return;
    }
    RocksDB.loadLibrary(List.of(folder.toString()));
  }

  private static Path unpack() throws IOException {
    String inJar = Environment.getJniLibraryFileName("rocksdb");
    // The name that RocksDB.loadLibrary(List) looks for.
    String onDisk = Environment.getJniLibraryFileName("rocksdbjni");
    try (InputStream in = RocksDB.class.getClassLoader().getResourceAsStream(inJar)) {
      if (in == null) {
        throw new IOException("no such library in the jar: " + inJar);
      }
      byte[] library = in.readAllBytes();
      CRC32C checksum = new CRC32C();
      checksum.update(library);
      Path folder = cacheFolder().resolve("rocksdbjni-%08x".formatted(checksum.getValue()));
      Files.createDirectories(folder);
      Path target = folder.resolve(onDisk);
      if (!Files.isRegularFile(target) || !isSame(target, library)) {
        Path partial = Files.createTempFile(folder, onDisk, ".partial");
        try {
          Files.write(partial, library);
          Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(partial);
        }
      }
      return folder;
    }
  }

  private static boolean isSame(Path file, byte[] library) throws IOException {
    return Files.size(file) == library.length && Arrays.equals(Files.readAllBytes(file), library);
  }

  private static Path cacheFolder() {
    String chosen = System.getProperty(FOLDER_PROPERTY);
    if (chosen != null) {
      return Path.of(chosen);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache != null && !cache.isEmpty()
            ? Path.of(cache)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("grantstore");
  }
}
