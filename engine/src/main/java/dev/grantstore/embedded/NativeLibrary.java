package dev.grantstore.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32;

/**
 * Unpacks a database's native library from its jar into one fixed place per build of it.
 *
 * <p>Left to themselves, databases unpack a copy into the temp folder at every start and leave it
 * there when the process is killed. Here it is unpacked once, into the folder that the system
 * property {@value #FOLDER_PROPERTY} names, or else the user's cache folder. Several processes may
 * do so at once. Stateless.
 */
public final class NativeLibrary {
  /** Names the system property that chooses where libraries are kept. */
  public static final String FOLDER_PROPERTY = "grantstore.native.dir";

  private NativeLibrary() {}

  /**
   * {@return the folder in which the library is, unpacked if it was not there}
   *
   * @param neighbour a class of the same jar
   * @param inJar the library's path in the jar, from its root, with a slash before it
   * @param onDisk the name that it is to have
   * @param build the database's name, to which its checksum is added for the folder
   * @throws IOException if it is in no jar or cannot be written: the database may know another way
   */
  public static Path unpack(Class<?> neighbour, String inJar, String onDisk, String build)
      throws IOException {
    URL resource = neighbour.getResource(inJar);
    if (resource == null || !(resource.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException("no such library in a jar: " + inJar);
    }
    // The jar knows its entry's checksum, so that a start need not unpack it to compare.
    long checksum = connection.getJarEntry().getCrc();
    Path folder = cacheFolder().resolve("%s-%08x".formatted(build, checksum));
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
