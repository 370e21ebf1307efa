package dev.grantstore.lmdb;

import dev.grantstore.Durability;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.KeyValueStore;
import dev.grantstore.layout.FormatVersion;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint of an LMDB file, as {@code mdb_env_copy} makes one, which lmdbjava cannot be asked
 * for where the file has no folder of its own: the two pages that say what is the newest are read
 * with no write going on, and all others beside writes, while a session stands at that moment and
 * keeps its pages from being used again.
 */
final class LmdbCheckpoint implements KeyValueDatabase.Checkpoint {
  private static final int META_PAGES = 2;

  private final LmdbFile file;
  private final SessionPool pool;
  private final Path store;
  private @Nullable Session moment;
  private byte[] metaPages = {};
  private long takenBytes;

  /**
   * Prepares one.
   *
   * @param folder where the new store is to be
   */
  LmdbCheckpoint(LmdbFile file, SessionPool pool, Path folder) {
    this.file = file;
    this.pool = pool;
    this.store = folder.resolve(STORE);
  }

  @Override
  public void take(Runnable look) throws IOException {
    moment = pool.borrow();
    try (PageFile pages = PageFile.open(file.path())) {
      int pageBytes = Math.toIntExact(file.pageBytes());
      metaPages = new byte[META_PAGES * pageBytes];
      pages.read(0, metaPages.length).get(0, metaPages);
      takenBytes = (MetaPages.read(pages).lastPage() + 1) * pageBytes;
    }
  }

  @Override
  public void write(long commit, Runnable look) throws IOException {
    Files.createDirectory(store);
    Path made = store.resolve(file.path().getFileName());
    copyPages(made, look);
    UUID identity = UUID.randomUUID();
    try (LmdbFile copy = LmdbFile.open(made, options())) {
      Schema.setIdentity(copy, identity);
    }
    DurableMark.of(store, FormatVersion.MARKED).write(identity, commit, null);
  }

  private void copyPages(Path made, Runnable look) throws IOException {
    // Not channels: an interrupted thread could not use them.
    try (InputStream in = new FileInputStream(file.path().toFile());
        OutputStream out = new FileOutputStream(made.toFile())) {
      out.write(metaPages);
      in.skipNBytes(metaPages.length);
      long bytes = takenBytes - metaPages.length;
      long copied = FolderTree.copy(in, out, bytes, look);
      if (copied < bytes) {
        throw new IOException("file is shorter than it was: " + file.path());
      }
    }
  }

  @Override
  public KeyValueStore open() {
    return (KeyValueStore) new LmdbGrantStoreProvider().open(store.toString(), options());
  }

  @Override
  public void close() {
    Session held = moment;
    if (held != null) {
      moment = null;
      pool.giveBack(held);
    }
  }

  /** Pages of a store that is open are not checked, nor are those of its copy. */
  private StoreOptions options() {
    StoreOptions options = file.options();
    return new StoreOptions(OpenMode.OPEN, Durability.WAL, 0, options.engineOptions())
        .withEngineOption(LmdbOption.CHECK_PAGES_UP_TO.label(), "0");
  }
}
