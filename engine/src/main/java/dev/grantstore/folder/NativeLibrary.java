package dev.grantstore.folder;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a database's native library from its jar into one place per build of it, from where it
 * can be run without fear.
 *
 * <p>Left to themselves, databases unpack a copy into the temp folder at every start and leave it
 * there when the process is killed. Here it is unpacked once, into the folder that the system
 * property {@value #FOLDER_PROPERTY} names, or else the {@link CacheFolder}. That folder is used
 * only if it is absolute and nobody else can change what it leads to, as SSH asks of the folders of
 * its keys; and the library in it only if every byte of it is the jar's, which is more than two
 * hashes alike would tell, and cheaper than two hashes: what is compared is what is loaded, since
 * between the two nobody else can replace it.
 *
 * <p>Without such a folder the library goes into a new one in the temp folder, of this process
 * alone. It is removed when the JVM exits, and after a kill by the next process that makes one.
 *
 * <p>Several processes may unpack at once. Thread-safe.
 */
public final class NativeLibrary {
  /** Names the system property that chooses where libraries are kept. */
  public static final String FOLDER_PROPERTY = "grantstore.native.dir";

  private static final int CHUNK = 1 << 16;

  /** Where this process keeps its own; null until there is need for it. Guarded by the class. */
  private static @Nullable LockedFolder own;

  private NativeLibrary() {}

  /**
   * {@return the real path of the folder in which the library is, unpacked if it was not there;
   * empty if it is in no jar: the database may know another way}
   *
   * @param neighbour a class of the same jar
   * @param inJar the library's path in the jar, from its root, with a slash before it
   * @param onDisk the name that it is to have
   * @param build the database's name, to which its checksum is added for the folder
   * @throws IOException if there is no place for it that this user alone can change, or it cannot
   *     be written there
   */
  public static Optional<Path> unpack(Class<?> neighbour, String inJar, String onDisk, String build)
      throws IOException {
    URL resource = neighbour.getResource(inJar);
    if (resource == null || !(resource.openConnection() instanceof JarURLConnection connection)) {
      return Optional.empty();
    }
    // Only so that builds have places of their own: anybody can make a file of a given CRC.
    String name = String.format(Locale.ROOT, "%s-%08x", build, connection.getJarEntry().getCrc());
    try {
      return Optional.of(unpack(resource, CacheFolder.trusted(kept().resolve(name)), onDisk));
    } catch (IOException e) {
      return Optional.of(unpackForThisProcess(resource, name, onDisk, e));
    }
  }

  private static Path kept() throws IOException {
    String chosen = System.getProperty(FOLDER_PROPERTY);
    try {
      return chosen != null ? Path.of(chosen) : CacheFolder.of(System.getenv());
    } catch (InvalidPathException e) {
      throw new IOException("folder cannot be used in this locale: -D" + FOLDER_PROPERTY, e);
    }
  }

  private static synchronized Path unpackForThisProcess(
      URL resource, String name, String onDisk, IOException why) throws IOException {
    try {
      LockedFolder folder = own;
      if (folder == null) {
        Path temp = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        StrictModes.checkAbove(temp.resolve(name));
        folder = LockedFolder.temporary(temp, "native");
        own = folder;
        closeAtExit(folder);
      }
      return unpack(resource, CacheFolder.trusted(folder.path().resolve(name)), onDisk);
    } catch (IOException e) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "no folder for native libraries that this user alone can change; name one by -D%s=DIR: %s; %s",
              FOLDER_PROPERTY,
              why.getMessage(),
              e.getMessage()),
          e);
    }
  }

  private static void closeAtExit(LockedFolder folder) {
    Thread closing =
        new Thread(
            () -> {
              try {
                folder.close();
              } catch (IOException e) {
                // The next process clears it away.
                return;
              }
            },
            "native library folder");
    Runtime.getRuntime().addShutdownHook(closing);
  }

  private static Path unpack(URL resource, Path folder, String onDisk) throws IOException {
    Path target = folder.resolve(onDisk);
    LockedFolder.removeTemporary(folder);
    if (!isThere(resource, target)) {
      try (LockedFolder unfinished = LockedFolder.temporary(folder, "unpacking");
          InputStream in = resource.openStream()) {
        Path whole = unfinished.path().resolve(onDisk);
        Files.copy(in, whole);
        StrictModes.keepFromOthers(whole);
        Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
      }
      if (!isThere(resource, target)) {
        throw new IOException("library is not as it was written: " + target);
      }
    }
    return folder;
  }

  private static boolean isThere(URL resource, Path target) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS) || !StrictModes.isOurFile(target)) {
      return false;
    }
    try (InputStream jar = resource.openStream();
        InputStream file = Files.newInputStream(target, LinkOption.NOFOLLOW_LINKS)) {
      // Every start comes here, and arrays made anew for each chunk took half of its time.
      byte[] expected = new byte[CHUNK];
      byte[] found = new byte[CHUNK];
      while (true) {
        int read = jar.readNBytes(expected, 0, CHUNK);
        if (!Arrays.equals(expected, 0, read, found, 0, file.readNBytes(found, 0, CHUNK))) {
          return false;
        }
        if (read == 0) {
          return true;
        }
      }
    }
  }
}
