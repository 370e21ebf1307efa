package dev.grantstore.equivalence.fault;

import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes a store in several lives, each in another durability, and says before and after each call
 * what it is at: by a write to a file, which the recorder sees between those to the store.
 *
 * <pre>
 * life MODE          before the store is opened
 * at N               before step N
 * done N             after it
 * closed             after the store was closed
 * end                after the last life
 * </pre>
 */
final class RecordedWriter {
  static final String LIFE = "life ";
  static final String AT = "at ";
  static final String DONE = "done ";
  static final String CLOSED = "closed";
  static final String END = "end";

  private RecordedWriter() {}

  /** Arguments: scheme, folder, file of marks, seed, and for each life its durability and end. */
  public static void main(String[] arguments) throws IOException {
    Script script = new Script(Long.parseLong(arguments[3]));
    int step = 0;
    try (RandomAccessFile marks = new RandomAccessFile(arguments[2], "rw")) {
      for (int i = 4; i < arguments.length; i += 2) {
        Durability durability = Durability.valueOf(arguments[i]);
        mark(marks, LIFE + durability);
        try (GrantStore store =
            Judge.open(arguments[0], Path.of(arguments[1]), OpenMode.OPEN_OR_CREATE, durability)) {
          for (int end = Integer.parseInt(arguments[i + 1]); step < end; step++) {
            mark(marks, AT + step);
            script.run(store, step, () -> {});
            mark(marks, DONE + step);
          }
        }
        mark(marks, CLOSED);
      }
      mark(marks, END);
    }
  }

  private static void mark(RandomAccessFile marks, String text) throws IOException {
    marks.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
