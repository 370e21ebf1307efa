package dev.grantstore.rocksdb;

import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;

/** Packs a sync, and dies at it. Arguments: folder, what packs, page bytes. */
final class PackingChild {
  static final Duration LONG = Duration.ofMinutes(5);

  private PackingChild() {}

  public static void main(String[] arguments) {
    try (GrantStore store = open(Path.of(arguments[0]), Integer.parseInt(arguments[2]))) {
      PackingTest.By.valueOf(arguments[1]).pack(store);
    }
  }

  /** Without page bytes, one that does not pack. */
  static GrantStore open(Path store, int pageBytes) {
    StoreOptions options = Misuse.options(OpenMode.OPEN);
    return GrantStores.open(
        "rocksdb:" + store,
        pageBytes == 0
            ? options.withEngineOption("packed", "0")
            : options.withEngineOption("page_bytes", Integer.toString(pageBytes)));
  }
}
