package dev.grantstore.kudu;

import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Kudu's servers as they are in the jar {@code org.apache.kudu:kudu-binary:linux-x86_64}: on the
 * class path, in a file that somebody names, or unpacked already. Stateless.
 */
final class ServerBinaries {
  private static final String MARKER = "META-INF/apache-kudu-test-binary.properties";
  private static final String MASTER = "bin/kudu-master";

  private ServerBinaries() {}

  /** {@return what keeps servers from running here, or null} */
  static @Nullable String missing() {
    String system = unfit();
    return system != null || marker() != null
        ? system
        : "org.apache.kudu:kudu-binary:linux-x86_64 is not on the class path";
  }

  /** {@return what keeps servers from running on this system, or null} */
  private static @Nullable String unfit() {
    String os = System.getProperty("os.name", "");
    String arch = System.getProperty("os.arch", "");
    if (!os.equals("Linux") || !(arch.equals("amd64") || arch.equals("x86_64"))) {
      return String.format(
          Locale.ROOT, "Kudu's servers run on Linux x86-64 alone: %s %s", os, arch);
    }
    return null;
  }

  /**
   * {@return the folder with {@code bin} and {@code lib}}
   *
   * @param given the jar, what is unpacked of it, or the folder that this is in
   * @param parent a folder that nobody else can write, for what is unpacked
   * @throws IllegalArgumentException if there are no servers in what is given
   * @throws IOException if they do not run on this system, or the jar cannot be read
   */
  static Path of(Path given, Path parent) throws IOException {
    String system = unfit();
    if (system != null) {
      throw new IOException(system);
    }
    if (Files.isDirectory(given)) {
      for (Path folder : FolderTree.entries(given)) {
        if (Files.isRegularFile(folder.resolve(MASTER))) {
          return folder;
        }
      }
      if (Files.isRegularFile(given.resolve(MASTER))) {
        return given;
      }
    } else if (Files.isRegularFile(given)) {
      try (JarFile jar = new JarFile(given.toFile())) {
        if (root(jar).isPresent()) {
          return unpacked(jar, parent);
        }
      } catch (ZipException e) {
        throw new IllegalArgumentException("no jar that can be read: " + given, e);
      }
    }
    throw new IllegalArgumentException(
        "no servers of Kudu there, wanted is kudu-binary's jar for linux-x86_64, or a folder with"
            + " bin/kudu-master: "
            + given);
  }

  /**
   * {@return the folder with {@code bin} and {@code lib}, unpacked if it was not}
   *
   * @param parent a folder that nobody else can write
   */
  static Path unpacked(Path parent) throws IOException {
    URL marker = marker();
    if (marker == null || !(marker.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException(String.valueOf(missing()));
    }
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      return unpacked(jar, parent);
    }
  }

  private static Path unpacked(JarFile jar, Path parent) throws IOException {
    String root =
        root(jar).orElseThrow(() -> new IOException("no servers in the jar: " + jar.getName()));
    Path folder = parent.resolve(root);
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(parent);
      Path made = Files.createTempDirectory(parent, "unpacking-");
      try {
        unpack(jar, made);
        Files.move(made.resolve(root), folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException e) {
        // another process was faster
      } catch (IOException e) {
        if (!Files.isDirectory(folder)) {
          throw e;
        }
      } finally {
        FolderTree.delete(made);
      }
    }
    return folder;
  }

  private static @Nullable URL marker() {
    return ServerBinaries.class.getClassLoader().getResource(MARKER);
  }

  private static Optional<String> root(JarFile jar) {
    return Collections.list(jar.entries()).stream()
        .map(JarEntry::getName)
        .filter(name -> name.endsWith("/" + MASTER))
        .map(name -> name.substring(0, name.indexOf('/')))
        .findFirst();
  }

  /** A jar keeps no modes: what is in {@code bin} is made executable. */
  private static void unpack(JarFile jar, Path to) throws IOException {
    for (JarEntry entry : Collections.list(jar.entries())) {
      Path file = to.resolve(entry.getName()).normalize();
      if (!file.startsWith(to)) {
        throw new IOException("jar leads out of its folder: " + entry.getName());
      }
      if (entry.isDirectory()) {
        Files.createDirectories(file);
        continue;
      }
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try (InputStream in = jar.getInputStream(entry)) {
        Files.copy(in, file);
      }
      if (entry.getName().contains("/bin/") && !file.toFile().setExecutable(true, true)) {
        throw new IOException("could not be made executable: " + file);
      }
    }
  }
}
