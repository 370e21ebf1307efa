package dev.grantstore.rocksdb;

import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Writes until it is killed, and says after each step that it was acknowledged. */
final class WriterChild {
  static final String ACK = "ack ";

  private WriterChild() {}

  /** With a small write buffer, so that files are written and merged all the time. */
  static StoreOptions options(Durability durability) {
    return StoreOptions.of(OpenMode.OPEN_OR_CREATE)
        .withDurability(durability)
        .withCacheBytes(1 << 20)
        .withEngineOption("write_buffer_size", "65536");
  }

  /** Arguments: folder, durability, seed. */
  public static void main(String[] arguments) {
    WriterSteps steps = new WriterSteps(Long.parseLong(arguments[2]));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (GrantStore store =
        GrantStores.open("rocksdb:" + arguments[0], options(Durability.valueOf(arguments[1])))) {
      for (int step = 0; ; step++) {
        steps.run(store, step);
        out.print(ACK + step + "\n");
      }
    }
  }
}
