package dev.grantstore.rocksdb;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.Durability;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.folder.LockedFolder;
import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.KeyValueStore;
import dev.grantstore.keyvalue.StoreFolder;
import dev.grantstore.keyvalue.StoreIdentity;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDBException;

/**
 * A checkpoint of a RocksDB database: its tables, which never change, are linked; its manifest and
 * its log are copied. With no write going on, since RocksDB fixes what it copies of its manifest
 * before what it copies of its log: a load whose end is in the log, and whose tables are not in
 * that manifest, would be one that has lost its rows; and without a log, keyspaces would be of
 * several moments. What is in memory is flushed before, so that little is left for that time.
 *
 * <p>If files are to be copied, they are linked first, in the store's own folder, and copied from
 * there beside writes.
 *
 * <p>A store that is open for reading sees what was there when it was opened, and a writer beside
 * it may have gone on since: what is copied then is of another moment, and refused.
 */
final class RocksCheckpoint implements KeyValueDatabase.Checkpoint {
  private static final String LINKED = "linked";

  /** Before a number: a folder in the store's own, while files are copied from there. */
  private static final String LINKS = ".checkpoint-";

  private final RocksHandles handles;
  private final Path source;
  private final Path folder;
  private final CheckpointFiles files;
  private final boolean reads;
  private @Nullable LockedFolder links;

  /**
   * Prepares one.
   *
   * @param source the store's folder
   * @param folder where the new store is to be
   */
  RocksCheckpoint(RocksHandles handles, Path source, Path folder, CheckpointFiles files) {
    this.handles = handles;
    this.source = source;
    this.folder = folder;
    this.files = files;
    reads = handles.options().mode() == OpenMode.READ_ONLY;
  }

  /**
   * Removes the links of a process that died while it copied: they keep files that are dropped.
   *
   * @param source the folder of a store that is open for writing
   */
  static void removeLeftovers(Path source) throws IOException {
    LockedFolder.removeLeftovers(source, LINKS);
  }

  /** Makes sure that files can be linked, if they are to be, and flushes; beside writes. */
  void prepare() throws IOException, RocksDBException {
    if (!reads) {
      handles.flush();
    }
    if (files == CheckpointFiles.COPIED) {
      if (!reads) {
        removeLeftovers(source);
        links = LockedFolder.create(source, LINKS);
      }
      return;
    }
    Path link = folder.resolve("can-be-linked");
    try {
      Files.createLink(link, source.resolve("FORMAT"));
      Files.delete(link);
    } catch (FileSystemException | UnsupportedOperationException e) {
      throw new GrantStoreException(
          Reason.UNSUPPORTED,
          String.format(
              Locale.ROOT,
              "checkpoint is where the store's files cannot be linked, such as another file system;"
                  + " ask for copies (COPIED, or --copy): store=%s checkpoint=%s: %s",
              source,
              folder,
              e.getMessage()),
          e);
    }
  }

  @Override
  public void take(Runnable look) throws RocksDBException, IOException {
    try (Checkpoint checkpoint = Checkpoint.create(handles.db())) {
      checkpoint.createCheckpoint(linked().toString());
    }
    if (reads) {
      copyLogs(look);
    }
  }

  /** RocksDB copies no log if it only reads. */
  private void copyLogs(Runnable look) throws IOException {
    Path database = source.resolve("db");
    for (Path file : FolderTree.entries(database)) {
      if (file.toString().endsWith(".log")) {
        FolderTree.copyFile(file, linked().resolve(file.getFileName()), look);
      }
    }
  }

  @Override
  public void write(long commit, Runnable look) throws Exception {
    try (StoreFolder made = StoreFolder.claim(store().toString(), "rocksdb", OpenMode.CREATE)) {
      if (files == CheckpointFiles.COPIED) {
        copy(linked(), made.database(), look);
      } else {
        Files.move(linked(), made.database());
      }
      RocksHandles copy = RocksHandles.open(made.database(), options(), handles.settings(), false);
      try (RocksDatabase database = new RocksDatabase(copy, new Watermark(made))) {
        requireMoment(database, commit);
        copy.db()
            .put(
                copy.keyspace(Keyspace.META),
                copy.durableWrite(),
                MetaKeys.identity(),
                StoreIdentity.encode(made.identity()));
      }
      new Watermark(made).write(commit);
      made.markReady();
    }
  }

  @Override
  public KeyValueStore open() {
    return (KeyValueStore) new RocksGrantStoreProvider().open(store().toString(), options());
  }

  @Override
  public void close() throws IOException {
    LockedFolder closed = links;
    if (closed != null) {
      closed.close();
    }
  }

  private Path store() {
    return folder.resolve(STORE);
  }

  private Path linked() {
    LockedFolder own = links;
    return (own == null ? folder : own.path()).resolve(LINKED);
  }

  private StoreOptions options() {
    return new StoreOptions(OpenMode.OPEN, Durability.WAL, 0, handles.options().engineOptions());
  }

  private static void requireMoment(RocksDatabase copy, long commit) {
    long found = CatalogRows.read(copy).commit();
    if (found != commit) {
      throw new GrantStoreException(
          Reason.IO,
          String.format(
              Locale.ROOT,
              "store was written since it was opened for reading, open it again: last=%d found=%d",
              commit,
              found));
    }
  }

  private static void copy(Path from, Path to, Runnable look) throws IOException {
    Files.createDirectory(to);
    for (Path file : FolderTree.entries(from)) {
      FolderTree.copyFile(file, to.resolve(file.getFileName()), look);
    }
  }
}
