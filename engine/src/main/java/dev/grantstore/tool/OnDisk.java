package dev.grantstore.tool;

import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Tells engines apart that keep a store in files and those that keep it while it is open. */
public final class OnDisk {
  private static final String PROBE = "engine-probe";

  private OnDisk() {}

  /**
   * Makes an empty store, looks for its files, and removes it.
   *
   * @param scheme of the engine
   * @param folder is there, and holds nothing by the name of {@code engine-probe}
   * @throws IllegalArgumentException if there are none; says so of the engine
   * @throws IOException if the files cannot be removed
   */
  public static void require(String scheme, Path folder) throws IOException {
    Path store = folder.resolve(PROBE);
    GrantStores.open(scheme + ":" + store, StoreOptions.of(OpenMode.CREATE)).close();
    if (Files.notExists(store, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException(
          "engine keeps nothing on disk, and what is asked for is done to files: " + scheme);
    }
    FolderTree.delete(store);
  }
}
