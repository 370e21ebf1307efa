package dev.grantstore.mvstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Durability;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.keyvalue.DurableMark;
import dev.grantstore.keyvalue.KeyValueStore;
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
import java.util.stream.IntStream;
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
        assertThat(openTrees(store.file.store())).isLessThanOrEqualTo(trees + 1);
      }
    }
  }

  @Test
  void aWriteMakesAViewThatSharesAllTreesButThoseOfItsSync() throws IOException {
    try (Opened store = new Opened()) {
      for (int i = 0; i < SYNCS; i++) {
        store.makeSync(i);
      }
      TreeView before = store.shown();
      store.store.putAll("sync-7", Samples.grants(0, 5));
      TreeView after = store.shown();

      assertThat(differing(before, after)).isEqualTo(1);
      store.store.flush();
      assertThat(differing(after, store.shown())).isZero();
    }
  }

  @Test
  void aViewThatTheLastHolderLetsGoMeanwhileIsNotHeld() throws IOException {
    try (Opened opened = new Opened()) {
      opened.makeSync(1);
      TreeView old = opened.database.snapshot();
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
      store.store.putAll("sync-0", Samples.grants(3, 3));
      for (int i = 100; i < SYNCS; i++) {
        store.store.drop("sync-" + i);
      }
      store.store.settle(Duration.ofMinutes(1));
      for (int i = 0; i < 100; i++) {
        assertThat(store.rows("sync-" + i)).isEqualTo(i == 0 ? 6 : 3);
      }
      store.store.drop("sync-1");
      store.store.seal("sync-0", Samples.NOW);
    }
    try (Opened again = new Opened()) {
      assertThat(again.store.syncs()).hasSize(99);
      assertThat(again.rows("sync-0")).isEqualTo(6);
      assertThat(again.rows("sync-99")).isEqualTo(3);
    }
  }

  /** Without a log nothing is committed between, so more trees are open than are to stay so. */
  @Test
  void moreSyncsThanStayOpenAreMovedWithoutACommitBefore() throws IOException {
    int syncs = 3 * OpenTrees.MOST_SYNCS;
    try (Opened store = new Opened(Durability.BULK)) {
      for (int i = 0; i < syncs; i++) {
        store.makeSync(i);
        store.store.flush();
      }
      for (int i = 0; i < syncs; i++) {
        store.store.putAll("sync-" + i, Samples.grants(1, 5));
      }
      store.database.compact(Duration.ofMinutes(1));

      for (int i = 0; i < syncs; i++) {
        store.store.putAll("sync-" + i, Samples.grants(5, 1));
        assertThat(store.rows("sync-" + i)).isEqualTo(6);
      }
    }
    try (Opened again = new Opened()) {
      for (int i = 0; i < syncs; i++) {
        assertThat(again.rows("sync-" + i)).isEqualTo(6);
      }
    }
  }

  private static long differing(TreeView one, TreeView two) {
    return one.trees().entrySet().stream()
        .filter(entry -> two.trees().get(entry.getKey()) != entry.getValue())
        .count();
  }

  private static int openTrees(MVStore store) throws ReflectiveOperationException {
    Field field = MVStore.class.getDeclaredField("maps");
    field.setAccessible(true);
    return ((Map<?, ?>) field.get(store)).size();
  }

  /** A store, and the database under it. */
  private final class Opened implements AutoCloseable {
    final MvFile file;
    final MvDatabase database;
    final KeyValueStore store;

    Opened() throws IOException {
      this(Durability.WAL);
    }

    Opened(Durability durability) throws IOException {
      StoreOptions options = StoreOptions.of(OpenMode.OPEN_OR_CREATE).withDurability(durability);
      UUID identity = new UUID(1, 2);
      file = MvFile.open(temp.resolve("grants.mv"), options, MvOption.valuesOf(options), 0, false);
      database = new MvDatabase(file, DurableMark.of(temp, FormatVersion.MARKED), identity);
      SyncCatalog catalog = CatalogRows.read(database);
      file.checkTrees(catalog);
      database.showTrees(catalog);
      KeyValueStore.Place place = new KeyValueStore.Place(identity, temp, () -> {});
      store = KeyValueStore.forWriting(database, catalog, place);
    }

    void makeSync(int number) {
      String id = "sync-" + number;
      store.startSync(id, "full", Samples.NOW);
      store.putAll(id, Samples.grants(0, 3));
    }

    TreeView shown() {
      TreeView shown = database.snapshot();
      shown.release();
      return shown;
    }

    long rows(String syncId) {
      return IntStream.range(0, 6).filter(i -> store.get(syncId, "g" + i).isPresent()).count();
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
