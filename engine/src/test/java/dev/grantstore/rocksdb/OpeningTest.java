package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.keyvalue.ChildJvm;
import dev.grantstore.keyvalue.CrashPoint;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OpeningTest {
  private static final int WRITES = 1_500;

  @TempDir Path folder;

  /** Each is a JVM. */
  static IntStream steps() {
    return Boolean.getBoolean("tests.deep") ? IntStream.rangeClosed(1, 6) : IntStream.of(2, 4, 6);
  }

  @ParameterizedTest
  @MethodSource("steps")
  void makingAStoreCanDieBetweenAnyTwoSteps(int crashAt) throws Exception {
    Path store = folder.resolve("store");
    try (ChildJvm child =
        ChildJvm.start(
            folder,
            List.of("-D" + CrashPoint.PROPERTY + "=" + crashAt),
            WriterChild.class,
            store.toString(),
            Durability.SYNC.name(),
            "1")) {
      assertThat(child.awaitExit()).as(child.output()).isEqualTo(137);
    }

    try (GrantStore made =
        GrantStores.open("rocksdb:" + store, WriterChild.options(Durability.SYNC))) {
      made.startSync("after", "full", SampleGrants.STARTED);
    }
    Misuse.open(store, OpenMode.OPEN).close();
    StoredRows.assertConsistent(store);
  }

  /**
   * What becomes durable while a reader opens is not missed by it. Only as long as no file is
   * deleted meanwhile, hence the large write buffer: then RocksDB fails to open, with an I/O error.
   */
  @Test
  void readersOpenWhileTheStoreIsWritten() throws Exception {
    Path path = folder.resolve("store");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Misuse.filledStore(path).close();
    try (GrantStore store = GrantStores.open("rocksdb:" + path, StoreOptions.of(OpenMode.OPEN))) {
      Future<?> writer =
          thread.submit(
              () -> {
                for (int i = 0; i < WRITES; i++) {
                  store.put(Misuse.OPEN, SampleGrants.grant(i, 0));
                  store.flush();
                }
              });
      while (!writer.isDone()) {
        try (GrantStore reader = Misuse.open(path, OpenMode.READ_ONLY)) {
          Misuse.readAll(reader);
        }
      }
      writer.get();
    } finally {
      thread.shutdownNow();
    }
  }
}
