package dev.grantstore.equivalence.run;

import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Copies the folder of a store that is open, as a killed process would leave it: with what the
 * process gave to the system, and without what it still kept to itself. Power loss would leave
 * less; this does not show it. A copy counts only if no file came, went, or changed its size or
 * time meanwhile; else the engine was at work in the background, and it is taken again. Without
 * state.
 *
 * <p>Where locks belong to the process, as with POSIX, reading a file and closing it may give up
 * the lock an engine holds on it. So a store of which an image was taken can be read, written and
 * closed, but need no longer be refused to others.
 */
public final class CrashImage {
  private static final int MOST_ATTEMPTS = 1_000;

  private CrashImage() {}

  /**
   * Takes an image.
   *
   * @param store a folder that holds all of the store's files; nobody writes to the store
   *     meanwhile, but its engine may be at work in the background
   * @param image does not exist yet; its parent does
   * @throws UncheckedIOException if the folder cannot be copied
   * @throws IllegalStateException if the engine never comes to rest
   */
  public static void take(Path store, Path image) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      try {
        Map<Path, Look> before = look(store);
        copy(store, image, List.copyOf(before.keySet()));
        if (look(store).equals(before)) {
          return;
        }
      } catch (NoSuchFileException e) {
        // a file went away: the engine is at work
      } catch (IOException e) {
        throw new UncheckedIOException("store could not be copied: " + store, e);
      }
      delete(image);
    }
    throw new IllegalStateException("store does not come to rest: " + store);
  }

  /**
   * Removes a folder with all in it; does nothing if there is none.
   *
   * @param folder a store's, or an image's
   */
  public static void delete(Path folder) {
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("store could not be removed: " + folder, e);
    }
  }

  private static Map<Path, Look> look(Path store) throws IOException {
    Map<Path, Look> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(store)) {
      for (Path path : paths.toList()) {
        boolean isFolder = Files.isDirectory(path);
        found.put(
            store.relativize(path),
            isFolder
                ? Look.FOLDER
                : new Look(Files.size(path), Files.getLastModifiedTime(path).toString()));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return found;
  }

  private static void copy(Path store, Path image, List<Path> relative) throws IOException {
    for (Path path : relative) {
      Files.copy(store.resolve(path.toString()), image.resolve(path.toString()));
    }
  }

  private record Look(long sizeBytes, String modified) {
    static final Look FOLDER = new Look(0, "");
  }
}
