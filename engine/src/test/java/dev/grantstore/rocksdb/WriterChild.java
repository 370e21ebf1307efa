package dev.grantstore.rocksdb;

import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Writes and waits to be killed; says after each step that it was acknowledged. */
final class WriterChild {
  static final String ACK = "ack ";

  private static final int MOST_STEPS = 2_000;

  private WriterChild() {}

  /** With a small write buffer, so that files are written and merged all the time. */
  static StoreOptions options(Durability durability) {
    return StoreOptions.of(OpenMode.OPEN_OR_CREATE)
        .withDurability(durability)
        .withCacheBytes(1 << 20)
        .withEngineOption("write_buffer_size", "65536");
  }

  /** Arguments: folder, durability, seed. */
  public static void main(String[] arguments) throws InterruptedException {
    WriterSteps steps = new WriterSteps(Long.parseLong(arguments[2]));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (GrantStore store =
        GrantStores.open("rocksdb:" + arguments[0], options(Durability.valueOf(arguments[1])))) {
      for (int step = 0; step < MOST_STEPS; step++) {
        steps.run(store, step);
        out.print(ACK + step + "\n");
      }
      // A parent that is slow to kill is not to check ever more.
      new CountDownLatch(1).await();
    }
  }
}
