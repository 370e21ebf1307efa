package dev.grantstore.mvstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.keyvalue.YieldPoint;
import dev.grantstore.layout.FormatVersion;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F11: What a write costs does not depend on how many syncs there are: counted, not timed. */
final class ManySyncsTest {
  private static final int SYNCS = 200;

  @TempDir private Path temp;

  @Test
  void mvstoreVisitsTheTreesOfFewSyncsInEachCommit() throws Exception {
    try (Opened store = new Opened()) {
      for (int i = 0; i < SYNCS; i++) {
        store.makeSync(i);
        // A tree for each keyspace, and the one that is no sync's.
        int trees = OpenTrees.MOST_SYNCS * Keyspace.OF_GRANTS.size();
        assertThat(openTrees(store.database.store())).isLessThanOrEqualTo(trees + 1);
      }
    }
  }

  @Test
  void aWriteMakesAViewThatSharesAllTreesButThoseOfItsSync() throws IOException {
    try (Opened store = new Opened()) {
      for (int i = 0; i < SYNCS; i++) {
        store.makeSync(i);
      }
      View before = store.shown();
      store.writes.putAll("sync-7", Samples.grants(0, 5));
      View after = store.shown();

      assertThat(differing(before, after)).isEqualTo(1);
      assertThat(after.catalog().rows().get("sync-9"))
          .isSameAs(before.catalog().rows().get("sync-9"));
      store.writes.flush();
      assertThat(differing(after, store.shown())).isZero();
    }
  }

  @Test
  void aViewThatTheLastHolderLetsGoMeanwhileIsNotHeld() throws IOException {
    try (Opened opened = new Opened()) {
      opened.makeSync(1);
      View old = opened.writes.hold();
      opened.makeSync(2);
      YieldPoint.listen(
          new YieldPoint.Listener() {
            @Override
            public void reached(String point) {
              if (point.equals("holders counted")) {
                old.release();
              }
            }

            @Override
            public void outside(String point) {}

            @Override
            public boolean waiting() {
              return false;
            }
          });
      boolean held;
      try {
        held = old.tryHold();
      } finally {
        YieldPoint.listen(null);
      }
      assertThat(held).isFalse();
    }
  }

  @Test
  void aSyncWhoseTreesWereClosedIsReadWrittenMovedAndDropped() throws IOException {
    try (Opened store = new Opened()) {
      for (int i = 0; i < SYNCS; i++) {
        store.makeSync(i);
      }
      store.writes.putAll("sync-0", Samples.grants(3, 3));
      for (int i = 100; i < SYNCS; i++) {
        store.writes.drop("sync-" + i);
      }
      store.writes.compact(Duration.ofMinutes(1));
      for (int i = 0; i < 100; i++) {
        assertThat(store.rows("sync-" + i)).isEqualTo(i == 0 ? 6 : 3);
      }
      store.writes.drop("sync-1");
      store.writes.seal("sync-0", Samples.NOW);
    }
    try (Opened again = new Opened()) {
      assertThat(again.shown().catalog().rows()).hasSize(99);
      assertThat(again.rows("sync-0")).isEqualTo(6);
      assertThat(again.rows("sync-99")).isEqualTo(3);
    }
  }

  private static long differing(View one, View two) {
    return one.trees().entrySet().stream()
        .filter(entry -> two.trees().get(entry.getKey()) != entry.getValue())
        .count();
  }

  private static int openTrees(MVStore store) throws ReflectiveOperationException {
    Field field = MVStore.class.getDeclaredField("maps");
    field.setAccessible(true);
    return ((Map<?, ?>) field.get(store)).size();
  }

  /** A database and its writer, without the store around them. */
  private final class Opened implements AutoCloseable {
    final MvDatabase database;
    final MvWrites writes;

    Opened() throws IOException {
      StoreOptions options = StoreOptions.of(OpenMode.OPEN_OR_CREATE);
      database =
          MvDatabase.open(temp.resolve("grants.mv"), options, MvOption.valuesOf(options), 0, false);
      SyncCatalog catalog = database.readCatalog();
      database.checkTrees(catalog);
      writes =
          new MvWrites(
              database, DurableMark.of(temp, FormatVersion.MARKED), UUID.randomUUID(), catalog);
    }

    void makeSync(int number) {
      String id = "sync-" + number;
      writes.startSync(dev.grantstore.SyncRun.open(id, "full", Samples.NOW));
      writes.putAll(id, Samples.grants(0, 3));
    }

    View shown() {
      View shown = writes.hold();
      shown.release();
      return shown;
    }

    long rows(String syncId) {
      View shown = writes.hold();
      try {
        int sync = shown.catalog().require(syncId).number();
        Tree tree = shown.tree(Keyspace.GRANTS, sync);
        long found =
            Stream.iterate(0, i -> i + 1)
                .limit(6)
                .filter(i -> MvReads.grant(tree, sync, "g" + i).isPresent())
                .count();
        assertThat(tree.rows()).isEqualTo(found);
        return found;
      } finally {
        shown.release();
      }
    }

    @Override
    public void close() {
      writes.close();
    }
  }
}
