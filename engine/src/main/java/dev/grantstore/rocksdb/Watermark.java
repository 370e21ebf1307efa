package dev.grantstore.rocksdb;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.embedded.StoreFolder;
import dev.grantstore.embedded.TextFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Remembers, outside RocksDB, what was durable last, so that a store which lost it does not open as
 * if nothing had happened.
 *
 * <p>RocksDB opens without an error when its log was deleted, or when its manifest was cut off (and
 * then deletes the files it no longer knows). The file {@code WATERMARK} holds the number of the
 * last durable write, and the manifest's name and size; it is replaced after opening, and after
 * every seal, drop, flush, settling and close that changed one of them. The manifest is looked at
 * before RocksDB may touch anything, the number after.
 *
 * <pre>
 * "commit N" "manifest NAME SIZE"          (lines)
 * </pre>
 */
final class Watermark {
  private static final String FILE = "WATERMARK";
  private static final String CURRENT = "CURRENT";
  private static final String NO_MANIFEST = "(none)";

  private final Path file;
  private final Path database;
  private long expectedCommit;
  private String written = "";

  Watermark(StoreFolder folder) {
    file = folder.path().resolve(FILE);
    database = folder.database();
  }

  /** Refuses a store whose manifest is shorter than it was; call before opening RocksDB. */
  void checkManifest() throws IOException {
    List<String> lines = lines();
    expectedCommit = Long.parseLong(lines.get(0).split(" ", -1)[1]);
    String[] words = lines.get(1).split(" ", -1);
    if (currentManifest().equals(NO_MANIFEST)) {
      throw new GrantStoreException(
          Reason.DATA_LOSS, "CURRENT is missing or empty: " + database.resolve(CURRENT));
    }
    Path manifest = database.resolve(words[1]);
    long expected = Long.parseLong(words[2]);
    if (currentManifest().equals(words[1])
        && (!Files.exists(manifest) || Files.size(manifest) < expected)) {
      throw new GrantStoreException(
          Reason.DATA_LOSS,
          "manifest is shorter than it was: file=%s expected=%d found=%d"
              .formatted(manifest, expected, Files.exists(manifest) ? Files.size(manifest) : 0));
    }
  }

  /** Refuses a store whose last write is older than what was durable before it was opened. */
  void checkCommit(long found) {
    if (found < expectedCommit) {
      throw new GrantStoreException(
          Reason.DATA_LOSS,
          "durable writes are gone: last=%d expected=%d store=%s"
              .formatted(found, expectedCommit, file.getParent()));
    }
  }

  /** Says that everything up to a write is durable. */
  void write(long commit) throws IOException {
    String manifest = currentManifest();
    String text =
        "commit %d%nmanifest %s %d%n"
            .formatted(commit, manifest, durableBytes(database.resolve(manifest)));
    if (!text.equals(written)) {
      TextFile.replace(file, text);
      written = text;
    }
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

  private String currentManifest() throws IOException {
    Path current = database.resolve(CURRENT);
    List<String> lines = Files.exists(current) ? TextFile.lines(current) : List.of();
    return lines.isEmpty() ? NO_MANIFEST : lines.get(0);
  }

  private List<String> lines() throws IOException {
    if (!Files.exists(file)) {
      throw new GrantStoreException(Reason.DATA_LOSS, "watermark is missing: " + file);
    }
    List<String> lines = TextFile.lines(file);
    boolean whole =
        lines.size() == 2
            && lines.get(0).matches("commit \\d{1,18}")
            && lines.get(1).matches("manifest \\S+ \\d{1,18}");
    if (!whole) {
      throw new GrantStoreException(Reason.DATA_LOSS, "watermark is damaged: " + file);
    }
    return lines;
  }
}
