package dev.grantstore.keyvalue;

import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where a load in progress has its files: {@code bulk-N} in the store's folder, N the sync's
 * number. Stateless.
 */
final class LoadFolder {
  private static final String PREFIX = "bulk-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "\\d+");

  private LoadFolder() {}

  /**
   * {@return the folder of a load, which need not be there}
   *
   * @param store the store's folder
   * @param number the sync's number
   */
  public static Path of(Path store, int number) {
    return store.resolve(PREFIX + number);
  }

  /**
   * Removes what loads left that were in progress when the process died.
   *
   * @param store the folder of a store that is open for writing, with no load begun
   * @throws IOException if something cannot be removed
   */
  public static void deleteAbandoned(Path store) throws IOException {
    for (Path entry : FolderTree.entries(store)) {
      if (NAME.matcher(entry.getFileName().toString()).matches()) {
        CrashPoint.reached();
        FolderTree.delete(entry);
      }
    }
  }
}
