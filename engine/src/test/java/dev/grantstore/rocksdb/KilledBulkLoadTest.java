package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkPart;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.SyncRun;
import dev.grantstore.keyvalue.Await;
import dev.grantstore.keyvalue.ChildJvm;
import dev.grantstore.keyvalue.CrashPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A load whose process dies is there whole or not at all. {@code -Dtests.crash=N} kills N loads at
 * moments seen from outside, besides those between any two steps.
 */
final class KilledBulkLoadTest {
  private static final int KILLS =
      Integer.getInteger("tests.crash", Boolean.getBoolean("tests.deep") ? 4 : 2);
  private static final int FEW = 1_500;
  private static final int MANY = 15_000;
  private static final int MOST_CRASH_POINTS = 60;
  private static final int KEYSPACES_WITH_FILES = 4;

  @TempDir Path folder;

  private Path store;
  private int undone;

  /** What the parent waits for before it kills. */
  private enum Moment {
    FILLING,
    FILLED,
    FILES_WRITTEN,
    FILES_INGESTED
  }

  static Stream<Integer> kills() {
    return IntStream.range(0, KILLS).boxed();
  }

  @BeforeEach
  void makeStore() {
    store = folder.resolve("store");
    Misuse.filledStore(store).close();
  }

  @Tag("deep")
  @Test
  void aLoadThatDiesBetweenAnyTwoStepsIsThereWholeOrNotAtAll() throws Exception {
    List<Boolean> there = new ArrayList<>();
    boolean died = true;
    for (int at = 1; died; at++) {
      Path copy = copyOf(store, "load-" + at);
      List<String> printed = run(copy, FEW, at);
      died = !printed.contains(BulkLoadChild.DONE);
      if (ingestedKeyspaces(copy) == KEYSPACES_WITH_FILES / 2 && there.size() > 1) {
        assertUndoingCanDieToo(copy);
      }
      boolean found = assertWholeOrNotAtAll(copy, FEW);
      assertThat(found || !printed.contains(BulkLoadChild.COMMITTED)).isTrue();
      there.add(found);
      assertThat(at).isLessThan(MOST_CRASH_POINTS);
    }
    assertThat(there).as("once there, it stays").isSorted().contains(false, true);
    assertThat(there.size()).as("crash points").isGreaterThan(10);
    assertThat(undone).as("times that undoing died").isGreaterThan(2);
  }

  /** From a store whose load died between two keyspaces. */
  private void assertUndoingCanDieToo(Path halfLoaded) throws Exception {
    boolean died = true;
    for (int at = 1; died; at++) {
      Path copy = copyOf(halfLoaded, "undo-" + at);
      died = !run(copy, 0, at).contains(BulkLoadChild.DONE);
      undone += died ? 1 : 0;
      assertThat(assertWholeOrNotAtAll(copy, FEW)).isFalse();
      assertThat(at).isLessThan(MOST_CRASH_POINTS);
    }
  }

  @ParameterizedTest
  @MethodSource("kills")
  void aKilledLoadIsThereWholeOrNotAtAll(int kill) throws Exception {
    Moment moment = Moment.values()[kill % Moment.values().length];
    SplittableRandom random = new SplittableRandom(kill);
    int filesBefore = Damage.databaseFiles(store, ".sst").size();
    int files = 1 + random.nextInt(4);
    try (ChildJvm child =
        ChildJvm.start(
            folder, List.of(), BulkLoadChild.class, store.toString(), Integer.toString(MANY))) {
      Await.until(
          moment.toString(),
          ChildJvm.TIMEOUT,
          () -> {
            boolean isOver = child.lines().contains(BulkLoadChild.COMMITTED);
            assertThat(isOver || child.isAlive()).as(child.output()).isTrue();
            return isOver
                || switch (moment) {
                  case FILLING -> child.lines().contains(BulkLoadChild.OPENED);
                  case FILLED -> child.lines().contains(BulkLoadChild.FILLED);
                  case FILES_WRITTEN -> loadFiles() >= files;
                  case FILES_INGESTED ->
                      Damage.databaseFiles(store, ".sst").size() >= filesBefore + files;
                };
          });
      child.kill();

      boolean found = assertWholeOrNotAtAll(store, MANY);

      assertThat(found || !child.lines().contains(BulkLoadChild.COMMITTED)).isTrue();
    }
  }

  /** Whether the load is there; if not, it is done now. */
  private static boolean assertWholeOrNotAtAll(Path folder, int grants) throws Exception {
    DigestAccumulator expected = new DigestAccumulator();
    IntStream.range(0, grants).forEach(i -> expected.add(SampleGrants.grant(i, 0)));
    boolean found;
    try (GrantStore store = Misuse.open(folder, OpenMode.OPEN)) {
      Misuse.readAll(store);
      found = store.sync(BulkLoadChild.LOADED).isPresent();
      assertThat(bulkFolders(folder)).isEmpty();
    }
    StoredRows.assertConsistent(folder);
    try (GrantStore store = Misuse.open(folder, OpenMode.OPEN)) {
      if (!found) {
        load(store, grants);
      }
      Optional<SyncRun> loaded = store.sync(BulkLoadChild.LOADED);
      assertThat(loaded.flatMap(SyncRun::digest)).hasValue(expected.digest());
    }
    StoredRows.assertConsistent(folder);
    return found;
  }

  private static void load(GrantStore store, int grants) {
    try (BulkLoad load =
        store.bulkLoad(BulkLoadChild.LOADED, "full", SampleGrants.STARTED, Misuse.LOAD)) {
      try (BulkPart part = load.openPart()) {
        SampleGrants.grants(0, grants).forEach(part::add);
      }
      load.commit(SampleGrants.ENDED);
    }
  }

  /** What the child printed that was to die at a crash point. */
  private List<String> run(Path store, int grants, int crashAt) throws Exception {
    try (ChildJvm child =
        ChildJvm.start(
            folder,
            List.of("-D" + CrashPoint.PROPERTY + "=" + crashAt),
            BulkLoadChild.class,
            store.toString(),
            Integer.toString(grants))) {
      int exitCode = child.awaitExit();
      assertThat(child.crashSigns()).isEmpty();
      assertThat(exitCode).as(child.output()).isIn(0, 137);
      return child.lines();
    }
  }

  private static long ingestedKeyspaces(Path store) throws IOException {
    return bulkFolders(store).isEmpty()
        ? 0
        : KEYSPACES_WITH_FILES
            - filesIn(bulkFolders(store).get(0))
                .map(KilledBulkLoadTest::keyspace)
                .distinct()
                .count();
  }

  private static String keyspace(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('-'));
  }

  private long loadFiles() throws IOException {
    List<Path> folders = bulkFolders(store);
    return folders.isEmpty() ? 0 : filesIn(folders.get(0)).count();
  }

  private static Stream<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".sst")).toList().stream();
    }
  }

  private static List<Path> bulkFolders(Path store) throws IOException {
    try (Stream<Path> files = Files.list(store)) {
      return files.filter(f -> f.getFileName().toString().startsWith("bulk-")).toList();
    }
  }

  private Path copyOf(Path from, String name) throws IOException {
    Path to = folder.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
    return to;
  }
}
