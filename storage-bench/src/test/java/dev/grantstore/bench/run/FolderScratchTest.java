package dev.grantstore.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.grantstore.Durability;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that are made to be written into, and what they are said to have taken on disk. */
final class FolderScratchTest {
  private static final List<Grant> GRANTS =
      IntStream.range(0, 4_000)
          .mapToObj(
              i ->
                  Grant.of(
                      "grant-" + i,
                      new EntitlementRef("app", "a", "e" + i % 9),
                      new PrincipalRef("user", "u" + i),
                      Instant.EPOCH))
          .toList();

  @TempDir private Path folder;

  /** Then what was made room for goes, or what was not written yet comes: either is most of it. */
  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "mvstore"})
  void whatAStoreTookIsLookedAtOnceItIsClosed(String engine) throws IOException {
    StoreOptions options = StoreOptions.of(OpenMode.CREATE).withDurability(Durability.BULK);
    long closed;
    try (FolderScratch scratch = new FolderScratch(engine, folder, options)) {
      Path top = scratch.folder();
      GrantStore store = scratch.openAt(top.resolve("store"), OpenMode.CREATE);
      fill(store);
      store.close();
      closed = FolderTree.allocatedBytes(top);
    }
    try (FolderScratch scratch = new FolderScratch(engine, folder, options)) {
      fill(scratch.open());

      assertThat(scratch.discard()).isCloseTo(closed, withinPercentage(20)).isPositive();
      assertThat(scratch.discard()).as("nothing is there").isZero();
    }
    assertThat(folder).isEmptyDirectory();
  }

  private static void fill(GrantStore store) {
    store.startSync("s", "full", Instant.EPOCH);
    store.putAll("s", GRANTS);
  }
}
