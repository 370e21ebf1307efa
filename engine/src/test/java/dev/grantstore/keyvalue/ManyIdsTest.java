package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code getAll} of more ids than an engine reads at once shows one moment, wherever within it
 * another thread writes them all.
 */
final class ManyIdsTest {
  private static final String SYNC = "sync";
  private static final int MOST_PLACES = Boolean.getBoolean("tests.deep") ? 25 : 8;
  private static final List<Grant> GRANTS =
      IntStream.range(0, 2_500).mapToObj(ManyIdsTest::grant).toList();
  private static final List<String> IDS = GRANTS.stream().map(Grant::id).toList();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void allRowsAreThereOrNone(String engine) {
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try (GrantStore store =
        GrantStores.open(
            engine + ":" + folder.resolve("store"), StoreOptions.of(OpenMode.CREATE))) {
      store.startSync(SYNC, "full", Instant.EPOCH);
      store.putAll(SYNC, GRANTS);
      int points = pointsOf(store, -1, () -> {});
      assertThat(points).isPositive();
      for (int place = 0; place < points; place += Math.max(1, points / MOST_PLACES)) {
        int found = pointsOf(store, place, () -> run(writer, () -> store.deleteAll(SYNC, IDS)));
        assertThat(found).as("points of a read with a write in it").isGreaterThan(place);
        store.putAll(SYNC, GRANTS);
      }
    } finally {
      writer.shutdownNow();
    }
  }

  /** Reads all, and does something at one of the points on the way; says how many there were. */
  private static int pointsOf(GrantStore store, int place, Runnable action) {
    Points points = new Points(place, action);
    YieldPoint.listen(points);
    List<Boolean> found;
    try {
      found = store.getAll(SYNC, IDS).stream().map(row -> row.isPresent()).distinct().toList();
    } finally {
      YieldPoint.listen(null);
    }
    assertThat(found).as("rows are there, rows are not: written at point %d", place).hasSize(1);
    return points.count;
  }

  private static void run(ExecutorService thread, Runnable action) {
    try {
      thread.submit(action).get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Grant grant(int i) {
    return Grant.of(
        "grant-" + i,
        new EntitlementRef("app", "app-1", "member"),
        new PrincipalRef("user", "user-" + i),
        Instant.EPOCH);
  }

  /** Counts the points that the thread comes by which made it. */
  private static final class Points implements YieldPoint.Listener {
    private final Thread reader = Thread.currentThread();
    private final int place;
    private final Runnable action;
    private int count;

    Points(int place, Runnable action) {
      this.place = place;
      this.action = action;
    }

    @Override
    public void reached(String point) {
      if (Thread.currentThread() == reader && count++ == place) {
        action.run();
      }
    }

    @Override
    public void outside(String point) {
      reached(point);
    }

    @Override
    public boolean waiting() {
      return false;
    }
  }
}
