package dev.grantstore.equivalence.fault;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.container.SaveOptions;
import dev.grantstore.container.SyncFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a store in several lives, each in another durability, the last of which may end as if it
 * were killed, and says before and after each call what it is at: by a write to a file, which the
 * recorder sees between those to the store.
 *
 * <pre>
 * life MODE          before the store is opened
 * flushed            after it was opened and flushed, which makes durable what a killed life left
 * at N               before step N
 * done N             after it
 * copied NAME        after a copy was made beside the store: settled, or with writes not durable
 * closed             after the store was closed
 * end                after the last life
 * </pre>
 */
final class RecordedWriter {
  static final String LIFE = "life ";
  static final String AT = "at ";
  static final String DONE = "done ";
  static final String COPIED = "copied ";
  static final String FLUSHED = "flushed";
  static final String CLOSED = "closed";
  static final String END = "end";

  static final String KILLED = "killed";

  private RecordedWriter() {}

  /**
   * Arguments: scheme, folder, file of marks, seed, the first step, and for each life its
   * durability, its end and how it ends.
   */
  public static void main(String[] arguments) throws IOException {
    Script script = new Script(Long.parseLong(arguments[3]));
    int step = Integer.parseInt(arguments[4]);
    try (RandomAccessFile marks = new RandomAccessFile(arguments[2], "rw")) {
      for (int i = 5; i < arguments.length; i += 3) {
        Durability durability = Durability.valueOf(arguments[i]);
        mark(marks, LIFE + durability);
        try (GrantStore store =
            Judge.open(arguments[0], Path.of(arguments[1]), OpenMode.OPEN_OR_CREATE, durability)) {
          store.flush();
          mark(marks, FLUSHED);
          for (int end = Integer.parseInt(arguments[i + 1]); step < end; step++) {
            mark(marks, AT + step);
            script.run(store, step, () -> {});
            mark(marks, DONE + step);
            if (script.kind(step) == copiedAfter(script, step)) {
              copy(store, Path.of(arguments[1]), step + 1, marks);
            }
          }
          if (arguments[i + 2].equals(KILLED)) {
            Runtime.getRuntime().halt(0);
          }
        }
        mark(marks, CLOSED);
      }
      mark(marks, END);
    }
  }

  /**
   * By turns, once a cycle: the second leaves writes that nothing made durable but the copy. Where
   * they begin hangs on the seed, so that each is copied in each way.
   */
  private static Script.Kind copiedAfter(Script script, int step) {
    return (step / Script.CYCLE_STEPS + script.seed()) % 2 == 0
        ? Script.Kind.SETTLE
        : Script.Kind.PUT_ENDING;
  }

  /** An engine need not make checkpoints; files are linked and copied by turns. */
  private static void copy(GrantStore store, Path place, int steps, RandomAccessFile marks)
      throws IOException {
    StoreCopy checkpoint = new StoreCopy(StoreCopy.Kind.CHECKPOINT, steps);
    CheckpointFiles[] files = CheckpointFiles.values();
    int cycle = steps / Script.CYCLE_STEPS;
    try {
      store.checkpoint(place.resolveSibling(checkpoint.name()), files[cycle % files.length]);
      mark(marks, COPIED + checkpoint.name());
    } catch (GrantStoreException e) {
      if (e.reason() != Reason.UNSUPPORTED) {
        throw e;
      }
    }
    StoreCopy container = new StoreCopy(StoreCopy.Kind.CONTAINER, steps);
    List<String> sealed =
        store.syncs().stream()
            .filter(sync -> sync.state() == SyncRun.State.SEALED)
            .map(SyncRun::id)
            .toList();
    SyncFiles.save(store, sealed, place.resolveSibling(container.name()), SaveOptions.defaults());
    mark(marks, COPIED + container.name());
  }

  private static void mark(RandomAccessFile marks, String text) throws IOException {
    marks.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
