package dev.grantstore.kudu;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;

/** Writes batch after batch to a store that is there, and tells of each that was acknowledged. */
final class KuduWriterChild {
  static final String ACK = "acknowledged";

  private KuduWriterChild() {}

  /**
   * Runs until it dies at a crash point.
   *
   * @param arguments the store's address, and the batches' seed
   */
  @SuppressWarnings("SystemOut") // read by the test
  public static void main(String[] arguments) {
    GrantBatches batches = new GrantBatches(Long.parseLong(arguments[1]));
    GrantStore store =
        GrantStores.open(
            arguments[0], StoreOptions.of(OpenMode.OPEN).withEngineOption("lease_millis", "1000"));
    while (true) {
      batches.next().write(store);
      System.out.println(ACK);
    }
  }
}
