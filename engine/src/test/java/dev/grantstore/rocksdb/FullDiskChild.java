package dev.grantstore.rocksdb;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkPart;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes to a small disk until it is full. Arguments: the store, the bytes of a write buffer, how
 * many grants to put, or to load if negative, and how many to put at once.
 */
final class FullDiskChild {
  static final String ACK = "ack ";
  static final String REASON = "reason ";
  static final String DONE = "done";
  static final String READABLE = "readable";
  static final String CLOSED = "closed";

  private FullDiskChild() {}

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    GrantStore store =
        GrantStores.open(
            "rocksdb:" + arguments[0],
            StoreOptions.of(OpenMode.OPEN).withEngineOption("write_buffer_size", arguments[1]));
    int grants = Integer.parseInt(arguments[2]);
    try {
      if (grants < 0) {
        load(store, -grants);
      } else {
        put(store, grants, Integer.parseInt(arguments[3]), out);
      }
      report(out, DONE);
    } catch (GrantStoreException e) {
      report(out, REASON + e.reason());
      e.printStackTrace(out);
    }
    Misuse.readAll(store);
    report(out, READABLE);
    try {
      store.close();
    } catch (GrantStoreException e) {
      report(out, "close failed: " + e);
    }
    Misuse.refuseReads(store);
    report(out, CLOSED);
  }

  private static void put(GrantStore store, int grants, int batchRows, PrintStream out) {
    for (int batch = 0; batch < grants / batchRows; batch++) {
      store.putAll(Misuse.OPEN, SampleGrants.grants(batch * batchRows, (batch + 1) * batchRows));
      report(out, ACK + batch);
    }
  }

  /** On a line of its own, whatever the engine has just printed. */
  private static void report(PrintStream out, String line) {
    out.print("\n" + line + "\n");
  }

  private static void load(GrantStore store, int grants) {
    try (BulkLoad load = store.bulkLoad("loaded", "full", SampleGrants.STARTED, Misuse.LOAD)) {
      try (BulkPart part = load.openPart()) {
        for (int i = 0; i < grants; i++) {
          part.add(SampleGrants.grant(i, 0));
        }
      }
      load.commit(SampleGrants.ENDED);
    }
  }
}
