package dev.grantstore.equivalence.fault;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.container.SaveOptions;
import dev.grantstore.container.SyncFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Makes copies of a store beside it, each way there is, and names each once it was made. What was
 * copied is in {@link #SEALED} and {@link #OPEN}. It ends as if it were killed.
 */
final class RecordedCopies {
  static final String SEALED = "sealed";
  static final String OPEN = "open";

  /** The one that is a file. */
  static final String CONTAINER = "syncs.gsync";

  private static final Instant START = Instant.parse("2026-12-01T00:00:00Z");
  private static final Instant END = START.plusSeconds(1);

  private RecordedCopies() {}

  /** Arguments: scheme, folder, file of marks. */
  public static void main(String[] arguments) throws IOException {
    Path place = Path.of(arguments[1]);
    GrantStore store = Judge.open(arguments[0], place, OpenMode.CREATE, Durability.BULK);
    try (RandomAccessFile marks = new RandomAccessFile(arguments[2], "rw")) {
      store.startSync(SEALED, "full", START);
      store.putAll(SEALED, Script.further());
      store.seal(SEALED, END);
      store.settle(Script.LONGEST_SETTLE);
      store.startSync(OPEN, "full", START);
      store.putAll(OPEN, Script.further());
      for (CheckpointFiles files : CheckpointFiles.values()) {
        String name = files.name().toLowerCase(Locale.ROOT);
        if (copies(store, place.resolveSibling(name), files)) {
          mark(marks, name);
        }
      }
      SyncFiles.save(
          store, List.of(SEALED), place.resolveSibling(CONTAINER), SaveOptions.defaults());
      mark(marks, CONTAINER);
      mark(marks, RecordedWriter.END);
      Runtime.getRuntime().halt(0);
    }
  }

  private static boolean copies(GrantStore store, Path place, CheckpointFiles files) {
    try {
      store.checkpoint(place, files);
      return true;
    } catch (GrantStoreException e) {
      if (e.reason() != Reason.UNSUPPORTED) {
        throw e;
      }
      return false;
    }
  }

  private static void mark(RandomAccessFile marks, String text) throws IOException {
    marks.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
