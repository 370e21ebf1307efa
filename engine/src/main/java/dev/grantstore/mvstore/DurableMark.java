package dev.grantstore.mvstore;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.embedded.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Remembers, outside MVStore, what was durable last: MVStore goes back to an older version, without
 * an error, where the newest one is damaged.
 *
 * <pre>
 * WATERMARK: "commit N"          (a line)
 * </pre>
 *
 * <p>Replaced after every seal, drop, load, flush and close. One thread at a time.
 */
final class DurableMark {
  private static final String NAME = "WATERMARK";

  private final Path file;
  private long written = -1;

  /** The mark of a store. */
  DurableMark(Path store) {
    file = store.resolve(NAME);
  }

  /** Refuses a store whose last write is older than what was durable. */
  void check(long found) throws IOException {
    List<String> lines = Files.exists(file) ? TextFile.lines(file) : List.of();
    if (lines.size() != 1 || !lines.get(0).matches("commit \\d{1,18}")) {
      throw new GrantStoreException(Reason.DATA_LOSS, "watermark is missing or damaged: " + file);
    }
    long expected = Long.parseLong(lines.get(0).split(" ", -1)[1]);
    if (found < expected) {
      throw new GrantStoreException(
          Reason.DATA_LOSS,
          "durable writes are gone: last=%d expected=%d store=%s"
              .formatted(found, expected, file.getParent()));
    }
  }

  /** Says that everything up to a write is durable. */
  void write(long commit) throws IOException {
    if (commit != written) {
      TextFile.replace(file, "commit %d%n".formatted(commit));
      written = commit;
    }
  }
}
