package dev.grantstore.rocksdb;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkPart;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Opens a store, loads one sync into it unless there is none to load, and closes it; says how far
 * it came. Arguments: folder, grants to load.
 */
final class BulkLoadChild {
  static final String LOADED = "loaded";
  static final String OPENED = "opened";
  static final String FILLED = "filled";
  static final String COMMITTED = "committed";
  static final String DONE = "done";

  private BulkLoadChild() {}

  public static void main(String[] arguments) {
    int grants = Integer.parseInt(arguments[1]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (GrantStore store = Misuse.open(Path.of(arguments[0]), OpenMode.OPEN)) {
      out.print(OPENED + "\n");
      if (grants > 0) {
        load(store, grants, out);
      }
    }
    out.print(DONE + "\n");
  }

  private static void load(GrantStore store, int grants, PrintStream out) {
    try (BulkLoad load = store.bulkLoad(LOADED, "full", SampleGrants.STARTED, Misuse.LOAD)) {
      fill(load, 0, grants / 2);
      fill(load, grants / 2, grants);
      out.print(FILLED + "\n");
      load.commit(SampleGrants.ENDED);
      out.print(COMMITTED + "\n");
    }
  }

  private static void fill(BulkLoad load, int from, int to) {
    try (BulkPart part = load.openPart()) {
      for (int i = from; i < to; i++) {
        part.add(SampleGrants.grant(i, 0));
      }
    }
  }
}
