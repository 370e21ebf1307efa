package dev.grantstore.tool;

import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.LockedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Tells engines apart that keep a store in files and those that keep it while it is open, or in a
 * cluster.
 */
public final class OnDisk {
  private OnDisk() {}

  /**
   * Makes an empty store in the temporary folder, looks for its files, and removes it.
   *
   * @param scheme of the engine
   * @throws IllegalArgumentException if there are none; says so of the engine
   * @throws dev.grantstore.GrantStoreException if the engine cannot open one
   * @throws IOException if the temporary folder cannot be written
   */
  public static void require(String scheme) throws IOException {
    if (!GrantStores.engine(scheme).isLocatedByPath()) {
      throw noFiles(scheme);
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (LockedFolder made = LockedFolder.temporary(temporary, "probe")) {
      Path store = made.path().resolve("store");
      GrantStores.open(scheme + ":" + store, StoreOptions.of(OpenMode.CREATE)).close();
      if (Files.notExists(store, LinkOption.NOFOLLOW_LINKS)) {
        throw noFiles(scheme);
      }
    }
  }

  private static IllegalArgumentException noFiles(String scheme) {
    return new IllegalArgumentException(
        "engine keeps nothing on disk, and what is asked for is done to files: " + scheme);
  }
}
