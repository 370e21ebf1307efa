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
 * Writes to a small disk until it is full. Arguments: the store, the bytes of a write buffer, and
 * how many grants to put, or to load if negative.
 */
final class FullDiskChild {
  static final String ACK = "ack ";
  static final String REASON = "reason ";
  static final String DONE = "done";
  static final String READABLE = "readable";
  static final String CLOSED = "closed";
  static final int BATCH_ROWS = 100;

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
        put(store, grants, out);
      }
      out.print(DONE + "\n");
    } catch (GrantStoreException e) {
      out.print(REASON + e.reason() + "\n");
      e.printStackTrace(out);
    }
    Misuse.readAll(store);
    out.print(READABLE + "\n");
    try {
      store.close();
    } catch (GrantStoreException e) {
      out.print("close failed: " + e + "\n");
    }
    Misuse.refuseReads(store);
    out.print(CLOSED + "\n");
  }

  private static void put(GrantStore store, int grants, PrintStream out) {
    for (int batch = 0; batch < grants / BATCH_ROWS; batch++) {
      store.putAll(Misuse.OPEN, SampleGrants.grants(batch * BATCH_ROWS, (batch + 1) * BATCH_ROWS));
      out.print(ACK + batch + "\n");
    }
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
