package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.folder.FolderTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A checkpoint whose process dies is there whole or not at all, and its store is as it was. {@code
 * -Dtests.crash=N} kills N of each engine at drawn moments, besides those between any two steps.
 */
final class KilledCheckpointTest {
  private static final int KILLS = Integer.getInteger("tests.crash", 6);
  private static final int MOST_CRASH_POINTS = 100;
  private static final String OPENED = "opened";
  private static final String DONE = "done";

  @TempDir Path folder;

  private List<String> before = List.of();

  @Test
  void aCheckpointThatDiesIsNotThereAndTheNextOneIs() throws Exception {
    make("rocksdb");
    assertThat(assertWholeOrAbsent("rocksdb", 6, CheckpointFiles.COPIED)).isFalse();
    assertThat(diedLast).isTrue();
    // Links in the store's own folder would keep files that it has dropped: opening removes them.
    assertThat(CheckpointTest.leftovers(folder)).isEmpty();
  }

  @Tag("deep")
  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void aCheckpointThatDiesBetweenAnyTwoStepsIsThereWholeOrNotAtAll(String engine) throws Exception {
    make(engine);
    List<Boolean> there = new ArrayList<>();
    boolean died = true;
    for (int at = 1; died; at++) {
      there.add(assertWholeOrAbsent(engine, at, CheckpointFiles.LINKED));
      died = diedLast;
      assertThat(at).isLessThan(MOST_CRASH_POINTS);
    }
    assertThat(there).as("once there, it stays").isSorted().contains(false, true);
    assertThat(there.size()).as("crash points").isGreaterThan(7);
  }

  @Tag("deep")
  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void aKilledCheckpointIsThereWholeOrNotAtAll(String engine) throws Exception {
    make(engine);
    SplittableRandom random = new SplittableRandom(engine.hashCode());
    for (int i = 0; i < KILLS; i++) {
      try (ChildJvm child = child(engine, 0, CheckpointFiles.LINKED)) {
        Await.until(
            "the store is open",
            ChildJvm.TIMEOUT,
            () -> child.lines().contains(OPENED) || !child.isAlive());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(150)));
        child.kill();
        assertWholeOrAbsent(engine, child.lines().contains(DONE));
      }
    }
  }

  private boolean diedLast;

  @BeforeEach
  void haveNoneYet() {
    diedLast = false;
  }

  private void make(String engine) {
    Path store = folder.resolve("store");
    try (GrantStore made = CheckpointTest.fill(store, engine, OpenMode.CREATE, Durability.WAL)) {
      made.settle(Duration.ofMinutes(1));
      made.putAll("open", CheckpointTest.grants(50, 2_000));
      before = CheckpointTest.answers(made);
    }
  }

  private ChildJvm child(String engine, int at, CheckpointFiles files) throws Exception {
    return ChildJvm.start(
        folder,
        List.of("-D" + CrashPoint.PROPERTY + "=" + at),
        Child.class,
        engine,
        folder.resolve("store").toString(),
        folder.resolve("copy").toString(),
        files.name());
  }

  /** Whether the checkpoint is there. */
  private boolean assertWholeOrAbsent(String engine, int at, CheckpointFiles files)
      throws Exception {
    try (ChildJvm child = child(engine, at, files)) {
      child.awaitExit();
      diedLast = !child.lines().contains(DONE);
      return assertWholeOrAbsent(engine, !diedLast);
    }
  }

  private boolean assertWholeOrAbsent(String engine, boolean isDone) throws Exception {
    Path copy = folder.resolve("copy");
    boolean isThere = Files.exists(copy);
    assertThat(isThere || !isDone).isTrue();
    try (GrantStore store = open(engine, folder.resolve("store"), OpenMode.OPEN)) {
      assertThat(CheckpointTest.answers(store)).isEqualTo(before);
      if (!isThere) {
        store.checkpoint(copy);
      }
    }
    try (GrantStore made = open(engine, copy, OpenMode.OPEN)) {
      assertThat(CheckpointTest.answers(made)).isEqualTo(before);
      assertThat(made.verify().findings()).isEmpty();
    }
    FolderTree.delete(copy);
    if (!isThere) {
      // That one has cleared away what the killed one left.
      assertThat(leftovers()).isEmpty();
    }
    return isThere;
  }

  private List<String> leftovers() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(".copy.checkpoint-"))
          .toList();
    }
  }

  private static GrantStore open(String engine, Path place, OpenMode mode) {
    return GrantStores.open(engine + ":" + place, StoreOptions.of(mode));
  }

  /** Makes a checkpoint, and dies at it. Arguments: engine, store, checkpoint, files. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      GrantStore store = open(arguments[0], Path.of(arguments[1]), OpenMode.OPEN);
      System.out.println(OPENED);
      store.checkpoint(Path.of(arguments[2]), CheckpointFiles.valueOf(arguments[3]));
      System.out.println(DONE);
      Runtime.getRuntime().halt(0);
    }
  }
}
