package dev.grantstore.rocksdb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Grant;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code getAll} promises, however it reads. */
final class ManyReadsTest {
  private static final String SYNC = "sync";
  private static final int WRITES = 2_000;

  @TempDir Path folder;

  @Test
  void rowsPutAndDeletedTogetherAreFoundTogether() throws Exception {
    List<Grant> grants = SampleGrants.grants(0, 8);
    List<String> ids = grants.stream().map(Grant::id).toList();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (GrantStore store = openStore()) {
      store.startSync(SYNC, "full", SampleGrants.STARTED);
      Future<?> writer =
          thread.submit(
              () -> {
                for (int i = 0; i < WRITES; i++) {
                  store.putAll(SYNC, grants);
                  store.deleteAll(SYNC, ids);
                }
              });
      while (!writer.isDone()) {
        List<Optional<Grant>> found = store.getAll(SYNC, ids);
        assertThat(found.stream().map(Optional::isPresent).distinct()).hasSize(1);
      }
      writer.get();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void anyNumberOfIdsIsAnsweredInOrder() {
    try (GrantStore store = openStore()) {
      store.startSync(SYNC, "full", SampleGrants.STARTED);
      store.putAll(SYNC, SampleGrants.grants(0, 2_500));
      try (GrantSnapshot snapshot = store.snapshot()) {
        store.deleteAll(SYNC, List.of(SampleGrants.grant(7, 0).id()));
        for (int count : List.of(0, 1, 1_000, 1_001, 2_500)) {
          List<Optional<Grant>> expected = new ArrayList<>();
          List<String> ids = new ArrayList<>();
          for (Grant grant : SampleGrants.grants(0, count)) {
            ids.add("absent-" + grant.id());
            expected.add(Optional.empty());
            ids.add(grant.id());
            expected.add(Optional.of(grant));
          }
          assertThat(snapshot.getAll(SYNC, ids)).as("of %d", count).isEqualTo(expected);
          IntStream.range(0, expected.size())
              .filter(i -> ids.get(i).equals(SampleGrants.grant(7, 0).id()))
              .forEach(i -> expected.set(i, Optional.empty()));
          assertThat(store.getAll(SYNC, ids)).as("of %d", count).isEqualTo(expected);
          assertThat(snapshotsIn(store)).as("after %d, besides ours", count).isEqualTo("1");
        }
      }
      assertThat(snapshotsIn(store)).isEqualTo("0");
    }
  }

  /**
   * One that is not released keeps compaction from dropping rows for as long as the store is open.
   */
  private static String snapshotsIn(GrantStore store) {
    return requireNonNull(store.stats().engine().get("snapshots"));
  }

  private GrantStore openStore() {
    return Misuse.open(folder.resolve("store"), OpenMode.OPEN_OR_CREATE);
  }
}
