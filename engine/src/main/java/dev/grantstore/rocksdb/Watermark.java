package dev.grantstore.rocksdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.KeyValueDatabase;
import dev.grantstore.keyvalue.StoreFolder;
import dev.grantstore.keyvalue.StoreIdentity;
import dev.grantstore.keyvalue.TextFile;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A store's {@link DurableMark}, with what RocksDB needs besides: it opens without an error when
 * its manifest, the list of its files, was cut off, and then deletes the files it no longer knows.
 * So the manifest's name and size are noted too, and looked at before RocksDB may touch anything.
 *
 * <pre>
 * note := "manifest NAME SIZE"
 * </pre>
 */
final class Watermark {
  static final String CURRENT = "CURRENT";

  private static final int SINCE = 1;
  private static final String NAME = "MANIFEST-\\d+";

  private final StoreFolder folder;
  private final DurableMark mark;
  private final Path database;
  private final UUID store;

  Watermark(StoreFolder folder) throws IOException {
    this.folder = folder;
    mark = DurableMark.of(folder.path(), SINCE);
    database = folder.database();
    store = folder.identity();
  }

  Path folder() {
    return folder.path();
  }

  UUID store() {
    return store;
  }

  /**
   * {@return the manifest that was left by whoever died while it made the store, if anybody did}
   * Call before files are made.
   *
   * @throws GrantStoreException if there was a store
   */
  Manifest checkNew() throws IOException {
    mark.readNew();
    Path current = database.resolve(CURRENT);
    List<String> lines = Files.exists(current) ? TextFile.lines(current) : List.of();
    if (lines.size() != 1 || !lines.get(0).matches(NAME)) {
      return Manifest.asItIs(current);
    }
    Path manifest = database.resolve(lines.get(0));
    return Files.exists(manifest) ? Manifest.read(manifest, 0) : Manifest.asItIs(manifest);
  }

  /**
   * {@return the manifest} Call before opening RocksDB.
   *
   * @throws GrantStoreException if it is not the one, or lacks what is durable
   */
  Manifest checkManifest() throws IOException {
    mark.read(folder.version());
    String note = mark.note().orElse("");
    if (!note.matches("manifest \\S+ \\d{1,18}")) {
      throw DurableMark.damaged(folder.path().resolve(DurableMark.NAME));
    }
    String[] words = note.split(" ", -1);
    Path current = database.resolve(CURRENT);
    if (!Files.exists(current) || Files.size(current) == 0) {
      throw new GrantStoreException(Reason.DATA_LOSS, "CURRENT is missing or empty: " + current);
    }
    List<String> lines = TextFile.lines(current);
    boolean isName = lines.size() == 1 && lines.get(0).matches(NAME);
    Path marked = database.resolve(words[1]);
    Path manifest = isName ? database.resolve(lines.get(0)) : marked;
    if (!isName || (!Files.exists(manifest) && Files.exists(marked))) {
      throw new GrantStoreException(Reason.CORRUPTION, "CURRENT is damaged: " + current);
    }
    long found = Files.exists(manifest) ? Files.size(manifest) : 0;
    boolean isMarked = manifest.equals(marked);
    long expected = isMarked ? Long.parseLong(words[2]) : 1;
    if (found < expected) {
      throw new GrantStoreException(
          Reason.DATA_LOSS,
          String.format(
              Locale.ROOT,
              "manifest is shorter than it was: file=%s expected=%s found=%s",
              manifest,
              expected,
              found));
    }
    // How much is durable of one that no mark names yet is not known, so RocksDB is to judge it.
    return isMarked ? Manifest.read(manifest, expected) : Manifest.asItIs(manifest);
  }

  /** Refuses a database that is another store's, or has lost what was durable. */
  void check(KeyValueDatabase found, long commit) throws IOException {
    if (folder.version() < FormatVersion.MARKED) {
      mark.check(commit);
      return;
    }
    // First: one that lost its rows has no identity either.
    mark.check(commit);
    UUID identity = StoreIdentity.read(found);
    mark.check(identity, commit);
    StoreIdentity.requireSame(folder.path(), identity, "FORMAT", store);
  }

  /** Says that everything up to a write is durable. */
  void write(long commit) throws IOException {
    String manifest = TextFile.lines(database.resolve(CURRENT)).get(0);
    long bytes = durableBytes(database.resolve(manifest));
    mark.write(store, commit, "manifest " + manifest + " " + bytes);
  }

  /** Says that the last mark was the last one. */
  void end() throws IOException {
    mark.end();
  }

  /** The size of a file, all of which survives power loss: a mark must not promise more. */
  private static long durableBytes(Path file) throws IOException {
    // Not a channel: an interrupted thread could not use one.
    try (RandomAccessFile manifest = new RandomAccessFile(file.toFile(), "rw")) {
      long bytes = manifest.length();
      manifest.getFD().sync();
      return bytes;
    }
  }
}
