package dev.grantstore.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32;
import org.sqlite.SQLiteConfig;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Has the driver load SQLite's native library from one fixed place per build of it.
 *
 * <p>Left to itself, the driver unpacks a copy into the temp folder at every start and leaves it
 * there when the process is killed. Here it is unpacked once, into the folder that the system
 * property {@value #FOLDER_PROPERTY} names, or else the user's cache folder. Where that cannot be
 * written, or somebody has set the driver's own property, the driver's way is taken.
 */
final class SqliteLibrary {
  static final String FOLDER_PROPERTY = "grantstore.native.dir";

  private static final String DRIVER_PROPERTY = "org.sqlite.lib.path";

  private SqliteLibrary() {}

  /** Tells the driver where the library is; to be called before the first connection. */
  static synchronized void prepare() {
    if (System.getProperty(DRIVER_PROPERTY) != null) {
      return;
    }
    try {
      System.setProperty(DRIVER_PROPERTY, unpack().toString());
    } catch (IOException e) {
      // Not told, the driver unpacks a copy of its own.
      System.clearProperty(DRIVER_PROPERTY);
    }
  }

  private static Path unpack() throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String inJar = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    URL resource = SQLiteConfig.class.getResource(inJar);
    if (resource == null || !(resource.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException("no such library in a jar: " + inJar);
    }
    // The jar knows its entry's checksum, so that a start need not unpack it to compare.
    long checksum = connection.getJarEntry().getCrc();
    Path folder = cacheFolder().resolve("sqlite-jdbc-%08x".formatted(checksum));
    Files.createDirectories(folder);
    Path target = folder.resolve(name);
    if (!Files.isRegularFile(target) || checksum(target) != checksum) {
      Path partial = Files.createTempFile(folder, name, ".partial");
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
