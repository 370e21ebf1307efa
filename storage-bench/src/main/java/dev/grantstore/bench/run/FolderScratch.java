package dev.grantstore.bench.run;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.benchmark.ScratchStores;
import dev.grantstore.fixture.load.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes stores in new folders of their own below a given one, and removes them. One thread. */
final class FolderScratch implements ScratchStores, AutoCloseable {
  private final String scheme;
  private final Path parent;
  private final StoreOptions options;
  private @Nullable Path folder;
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
    this.options =
        new StoreOptions(
            OpenMode.CREATE, options.durability(), options.cacheBytes(), options.engineOptions());
  }

  @Override
  public GrantStore open() {
    if (folder != null) {
      throw new IllegalStateException("scratch store is still there: " + folder);
    }
    try {
      Path made = Files.createTempDirectory(parent, "grantstore-scratch-");
      folder = made;
      GrantStore opened = GrantStores.open(scheme + ":" + made.resolve("store"), options);
      store = opened;
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException("no scratch folder can be made: parent=" + parent, e);
    }
  }

  @Override
  public long discard() {
    Path made = folder;
    if (made == null) {
      return 0;
    }
    folder = null;
    try {
      GrantStore opened = store;
      store = null;
      if (opened != null) {
        opened.close();
      }
      return Trees.allocatedBytes(made);
    } catch (IOException e) {
      throw new UncheckedIOException("scratch folder cannot be read: " + made, e);
    } finally {
      delete(made);
    }
  }

  /** Discards what is left. Closing twice does nothing. */
  @Override
  public void close() {
    discard();
  }

  private static void delete(Path made) {
    try {
      Trees.delete(made);
    } catch (IOException e) {
      throw new UncheckedIOException("scratch folder cannot be removed: " + made, e);
    }
  }
}
