package dev.grantstore.rocksdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.CRC32;
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
    URL resource = RocksDB.class.getClassLoader().getResource(inJar);
    if (resource == null || !(resource.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException("no such library in a jar: " + inJar);
    }
    // The jar knows its entry's checksum, so that a start need not unpack it to compare.
    long checksum = connection.getJarEntry().getCrc();
    Path folder = cacheFolder().resolve("rocksdbjni-%08x".formatted(checksum));
    Files.createDirectories(folder);
    Path target = folder.resolve(onDisk);
    if (!Files.isRegularFile(target) || checksum(target) != checksum) {
      Path partial = Files.createTempFile(folder, onDisk, ".partial");
      try (InputStream in = connection.getInputStream()) {
        Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(partial);
      }
    }
    return folder;
  }

  private static long checksum(Path file) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(Files.readAllBytes(file));
    return checksum.getValue();
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
