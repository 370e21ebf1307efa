package dev.grantstore.bench.run;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.folder.LockedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes stores in new folders of their own below a given one, and removes them. One thread.
 *
 * <p>They are {@link LockedFolder}s: what killed runs left is removed before the next one is made.
 */
final class FolderScratch implements OwnedScratch {
  /** Has no files, so it takes no folder. */
  private static final String MEMORY = "memory";

  private final String scheme;
  private final Path parent;
  private final StoreOptions options;
  private @Nullable LockedFolder folder;
  private @Nullable GrantStore store;

  /**
   * Creates it; touches no file yet.
   *
   * @param scheme of the engine
   * @param parent an existing folder
   * @param options how to open, but for the mode
   */
  FolderScratch(String scheme, Path parent, StoreOptions options) {
    this.scheme = scheme;
    this.parent = parent;
    this.options = options;
  }

  @Override
  public GrantStore open() {
    GrantStore opened = openAt(folder().resolve("store"), OpenMode.CREATE);
    store = opened;
    return opened;
  }

  @Override
  public GrantStore openAt(Path location, OpenMode mode) {
    return GrantStores.open(
        scheme.equals(MEMORY) ? scheme + ":" : GrantStores.address(scheme, location),
        new StoreOptions(
            mode, options.durability(), options.cacheBytes(), options.engineOptions()));
  }

  @Override
  public Path folder() {
    if (folder != null) {
      throw new IllegalStateException("scratch folder is still there: " + folder.path());
    }
    try {
      LockedFolder made = LockedFolder.temporary(parent, "scratch");
      folder = made;
      return made.path();
    } catch (IOException e) {
      throw new UncheckedIOException("no scratch folder can be made: parent=" + parent, e);
    }
  }

  @Override
  public long discard() {
    LockedFolder made = folder;
    if (made == null) {
      return 0;
    }
    folder = null;
    try (made) {
      GrantStore opened = store;
      store = null;
      if (opened != null) {
        opened.close();
      }
      return FolderTree.allocatedBytes(made.path());
    } catch (IOException e) {
      throw new UncheckedIOException("scratch folder cannot be removed: " + made.path(), e);
    }
  }

  @Override
  public long cacheBytes() {
    return options.cacheBytes();
  }

  @Override
  public String durability() {
    return options.durability().name();
  }

  /** Discards what is left. Closing twice does nothing. */
  @Override
  public void close() {
    discard();
  }
}
