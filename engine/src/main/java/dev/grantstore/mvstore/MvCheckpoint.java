package dev.grantstore.mvstore;

import dev.grantstore.Durability;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.KeyValueStore;
import dev.grantstore.keyvalue.StoreFolder;
import dev.grantstore.keyvalue.StoreIdentity;
import dev.grantstore.layout.MetaKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * A checkpoint of an MVStore file: the file copied as it is after a commit, block by block with
 * their checksums, while no write goes on. Beside writes it could not be: room that was free at
 * that moment is written over, and what is found there then is taken for the newest version.
 */
final class MvCheckpoint implements KeyValueDatabase.Checkpoint {
  private static final int MARKED_SINCE = 1;

  private final MvFile file;
  private final Path copied;
  private final Path store;

  /**
   * Prepares one.
   *
   * @param folder where the new store is to be
   */
  MvCheckpoint(MvFile file, Path folder) {
    this.file = file;
    this.copied = folder.resolve("copied");
    this.store = folder.resolve(STORE);
  }

  @Override
  public void take(Runnable look) throws IOException {
    if (!file.store().isReadOnly()) {
      file.whole(file::commit);
    }
    FolderTree.copyFile(file.file().path(), copied, look);
  }

  @Override
  public void write(long commit, Runnable look) throws IOException {
    try (StoreFolder made =
        StoreFolder.claimAlone(store.toString(), MvGrantStoreProvider.SCHEME, OpenMode.CREATE)) {
      Files.createDirectory(made.database());
      Path moved = made.database().resolve(file.file().path().getFileName());
      Files.move(copied, moved);
      long version;
      try (MvFile copy = openNewest(moved, commit)) {
        copy.settleNewest();
        copy.meta().put(MetaKeys.identity(), StoreIdentity.encode(made.identity()));
        copy.commit();
        copy.force();
        version = copy.forcedVersion();
      }
      DurableMark.of(made.path(), MARKED_SINCE)
          .write(made.identity(), commit, MvDatabase.SYNCED + version);
      made.markReady();
    }
  }

  /**
   * As when a store is opened: the newest version may be found by a look at the whole file only.
   */
  private MvFile openNewest(Path path, long commit) throws IOException {
    MvFile quick = open(path, false);
    if (isOf(quick, commit)) {
      return quick;
    }
    quick.abandon();
    MvFile scanned = open(path, true);
    if (isOf(scanned, commit)) {
      return scanned;
    }
    scanned.abandon();
    throw new GrantStoreException(
        Reason.IO,
        String.format(Locale.ROOT, "copy lacks the last write: commit=%d file=%s", commit, path));
  }

  private MvFile open(Path path, boolean scans) throws IOException {
    return MvFile.open(path, options(), file.values(), 0, scans);
  }

  private static boolean isOf(MvFile copy, long commit) {
    byte[] found = copy.meta().get(MetaKeys.commit());
    byte[] expected = ByteBuffer.allocate(Long.BYTES).putLong(commit).array();
    return found != null && Arrays.equals(found, expected);
  }

  @Override
  public KeyValueStore open() {
    return (KeyValueStore) new MvGrantStoreProvider().open(store.toString(), options());
  }

  @Override
  public void close() {}

  private StoreOptions options() {
    return new StoreOptions(OpenMode.OPEN, Durability.WAL, 0, file.options().engineOptions());
  }
}
