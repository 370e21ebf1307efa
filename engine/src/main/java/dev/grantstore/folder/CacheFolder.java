package dev.grantstore.folder;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where things are kept that can be made again: {@code grantstore} in the user's cache folder,
 * which {@code XDG_CACHE_HOME} names, or else is {@code .cache} at home. Home is what {@code HOME}
 * names, or else what the system's list of users has. A name that is not absolute counts as none,
 * as the XDG rules have it, and so does a home that is not there.
 *
 * <p>What is kept is believed later, libraries are even run. So the folder must belong to this
 * user, and it and all above it be writable by nobody else; else there is none. Stateless.
 */
public final class CacheFolder {
  private CacheFolder() {}

  /**
   * {@return the folder, made if it is missing, with access for its owner alone}
   *
   * @param environment the environment variables
   * @throws IOException if there is none that can be believed, with the reason
   */
  public static Path of(Map<String, String> environment) throws IOException {
    return trusted(named(environment));
  }

  /**
   * {@return where the folder is or would be; nothing is made, and nothing said of its safety}
   *
   * @param environment the environment variables
   * @throws IOException if there is no such place, with the reason
   */
  public static Path named(Map<String, String> environment) throws IOException {
    try {
      return name(environment);
    } catch (InvalidPathException e) {
      // Under LC_ALL=C a home with other letters than ASCII's is no path to the JDK.
      throw new IOException("name of the cache folder cannot be used in this locale", e);
    }
  }

  private static Path name(Map<String, String> environment) throws IOException {
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!cache.isEmpty() && Path.of(cache).isAbsolute()) {
      return Path.of(cache).resolve("grantstore");
    }
    String home = environment.getOrDefault("HOME", "");
    String listed = System.getProperty("user.home", "");
    for (String named : List.of(home, listed)) {
      Path folder = Path.of(named);
      if (folder.isAbsolute() && Files.isDirectory(folder)) {
        return folder.resolve(".cache").resolve("grantstore");
      }
    }
    throw new IOException(
        String.format(Locale.ROOT, "user has no home folder: HOME=%s user.home=%s", home, listed));
  }

  /**
   * {@return the real path of a folder that is ours alone, made if it is missing}
   *
   * @param folder absolute
   * @throws IOException if it is not, with the reason
   */
  static Path trusted(Path folder) throws IOException {
    if (!folder.isAbsolute()) {
      throw new IOException("folder is not absolute: " + folder);
    }
    Path whole = folder.normalize();
    make(whole);
    return StrictModes.trusted(whole);
  }

  /** Makes nothing where others could change it. */
  private static void make(Path folder) throws IOException {
    Path above = folder.getParent();
    if (above == null || Files.isDirectory(folder)) {
      return;
    }
    make(above);
    Path real = above.toRealPath().resolve(folder.getFileName());
    StrictModes.checkAbove(real);
    try {
      StrictModes.createPrivate(real);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }
}
