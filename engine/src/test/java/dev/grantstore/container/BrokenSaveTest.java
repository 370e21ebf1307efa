package dev.grantstore.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.ContentDigest;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.keyvalue.ChildJvm;
import dev.grantstore.keyvalue.CrashPoint;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A save that fails or is killed at any call leaves the old container or the new one, and the next
 * save clears away what it left.
 */
final class BrokenSaveTest {
  private static final BulkLoadOptions LOADING = new BulkLoadOptions(1 << 20, 1);
  private static final List<Grant> OLD = Containers.grants(31, 20);
  private static final int FEW = 800;
  private static final int MANY = 12_000;

  /** Small, so that there are many calls. */
  private static final int BUFFER_BYTES = 128;

  private static final String SAVED = "saved";
  private static final int MOST_CALLS = 1_000;

  @TempDir Path folder;

  @Test
  void aFailureOfAnyCallLeavesTheOldOneOrTheNewOne() throws IOException {
    Path target = folder.resolve("x.gsync");
    try (GrantStore store = filled(folder, FEW)) {
      List<String> calls = new ArrayList<>();
      for (boolean done = false; !done; ) {
        save(store, "old", target, call -> {});
        int failing = calls.size();
        List<String> seen = new ArrayList<>();
        try {
          save(store, "new", target, call -> failAt(call, failing, seen));
          done = true;
        } catch (GrantStoreException e) {
          assertThat(e.reason()).isEqualTo(Reason.IO);
          assertThat(e).hasMessageContaining("save failed").hasMessageContaining("no more");
        }
        boolean isNew = done || seen.get(failing).equals("force folder");
        assertThat(SyncFiles.verify(target).syncs().get(0).run().id())
            .isEqualTo(isNew ? "new" : "old");
        assertThat(leftovers(folder)).isEmpty();
        calls = seen;
      }
      assertThat(calls).startsWith("create", "write").hasSizeGreaterThan(12);
      assertThat(calls.subList(calls.size() - 4, calls.size()))
          .containsExactly("write head", "force", "rename", "force folder");
    }
  }

  @Test
  void aFailureLeavesNoTargetWhereNoneWas() throws IOException {
    Path target = folder.resolve("x.gsync");
    try (GrantStore store = filled(folder, FEW)) {
      for (int failing : new int[] {0, 1, 5}) {
        List<String> seen = new ArrayList<>();
        assertThatThrownBy(() -> save(store, "new", target, call -> failAt(call, failing, seen)))
            .isInstanceOf(GrantStoreException.class);
        assertThat(target).doesNotExist();
        assertThat(leftovers(folder)).isEmpty();
      }
    }
  }

  @Test
  void aFileThatCameMeanwhileIsNotReplaced() throws IOException {
    Path target = folder.resolve("x.gsync");
    try (GrantStore store = filled(folder, 5)) {
      for (List<String> hinderedAt : List.of(List.of("rename"), List.of("link", "take place"))) {
        Files.deleteIfExists(target);
        String last = hinderedAt.get(hinderedAt.size() - 1);
        ContainerWriter.Step step =
            call -> {
              if (call.equals(last)) {
                Files.writeString(target, "another's");
              } else if (hinderedAt.contains(call)) {
                throw new FileSystemException("no links here");
              }
            };
        assertThatThrownBy(() -> saveNew(store, target, step))
            .isInstanceOfSatisfying(
                GrantStoreException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.STORE_EXISTS))
            .hasMessageContaining("file exists");
        assertThat(target).hasContent("another's");
        assertThat(leftovers(folder)).isEmpty();
      }
    }
  }

  @Test
  void aFileSystemWithoutLinksHasItsContainersMovedOrNothing() throws IOException {
    Path target = folder.resolve("x.gsync");
    try (GrantStore store = filled(folder, 5)) {
      assertThatThrownBy(
              () ->
                  saveNew(
                      store,
                      target,
                      call -> {
                        if (List.of("link", "move").contains(call)) {
                          throw new FileSystemException("no more");
                        }
                      }))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IO));
      assertThat(target).doesNotExist();
      ContainerManifest written =
          saveNew(
              store,
              target,
              call -> {
                if (call.equals("link")) {
                  throw new UnsupportedOperationException("no links here");
                }
              });
      assertThat(SyncFiles.verify(target)).isEqualTo(written);
      assertThat(leftovers(folder)).isEmpty();
    }
  }

  @Test
  void whatASaveSaysIsOfItsOwnFile() throws IOException {
    Path target = folder.resolve("x.gsync");
    try (GrantStore store = filled(folder, 5)) {
      ContainerManifest written =
          saveNew(
              store,
              target,
              call -> {
                if (call.equals("force folder")) {
                  save(store, "old", target, another -> {});
                }
              });
      assertThat(written.syncs().get(0).run().id()).isEqualTo("new");
    }
  }

  @Test
  void syncsThatAreTooManyAreRefusedBeforeAnythingIsWritten() {
    List<SyncRun> many = new ArrayList<>();
    String longId = "s".repeat(200);
    for (int i = 0; i < Frame.MOST_MANIFEST_BYTES / 200; i++) {
      many.add(
          SyncRun.open(longId + i, "full", Containers.STARTED)
              .sealed(Containers.ENDED, ContentDigest.EMPTY));
    }
    List<String> calls = new ArrayList<>();
    Save save = new Save(folder.resolve("x.gsync"), SaveOptions.defaults(), calls::add);
    try (GrantStore store = filled(folder, 0)) {
      assertThatThrownBy(() -> save.run(store, many))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
          .hasMessageContaining("too many for one container")
          .hasMessageContaining("syncs=" + many.size());
    }
    assertThat(calls).isEmpty();
  }

  @Test
  void aNameMayBeAsLongAsTheFileSystemTakesIt() throws IOException {
    try (GrantStore store = filled(folder, 5)) {
      for (int length : new int[] {200, 201, 236, 255}) {
        Path target = folder.resolve("x".repeat(length));
        saveNew(store, target, call -> {});
        assertThat(SyncFiles.verify(target).syncs()).hasSize(1);
      }
    }
    assertThat(leftovers(folder)).isEmpty();
  }

  @Test
  void anInterruptedSaveSaysSoAndLeavesTheOldOne() throws IOException {
    Path target = folder.resolve("x.gsync");
    try (GrantStore store = filled(folder, FEW)) {
      save(store, "old", target, call -> {});
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> save(store, "new", target, call -> {}))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(SyncFiles.verify(target).syncs().get(0).run().id()).isEqualTo("old");
    }
  }

  @Test
  void aKilledSaveLeavesTheOldOneAndIsClearedAwayByTheNext() throws Exception {
    assertOldOrNew(List.of(12, MOST_CALLS), FEW);
  }

  @Tag("deep")
  @Test
  void aSaveKilledAtAnyCallLeavesTheOldOneOrTheNewOne() throws Exception {
    List<Integer> all = new ArrayList<>();
    for (int at = 1; at <= MOST_CALLS; at++) {
      all.add(at);
    }
    assertThat(assertOldOrNew(all, MANY)).isBetween(40, MOST_CALLS - 1);
  }

  /** How many were killed until one was done. */
  private int assertOldOrNew(List<Integer> moments, int grants) throws Exception {
    Path target = folder.resolve("x.gsync");
    int killed = 0;
    for (int at : moments) {
      try (GrantStore store = filled(folder, 0)) {
        save(store, "old", target, call -> {});
      }
      assertThat(leftovers(folder)).isEmpty();
      try (ChildJvm child =
          ChildJvm.start(
              folder,
              List.of("-D" + CrashPoint.PROPERTY + "=" + at),
              Child.class,
              folder.toString(),
              Integer.toString(grants))) {
        child.awaitExit();
        boolean done = child.output().contains(SAVED);
        String there = SyncFiles.verify(target).syncs().get(0).run().id();
        assertThat(there).isIn("old", "new");
        if (done) {
          assertThat(there).isEqualTo("new");
          return killed;
        }
        killed++;
      }
    }
    return killed;
  }

  private static void failAt(String call, int failing, List<String> seen) throws IOException {
    seen.add(call);
    if (seen.size() > failing && seen.size() == failing + 1) {
      throw new IOException("no more");
    }
  }

  private static List<String> leftovers(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains(".saving-"))
          .toList();
    }
  }

  static GrantStore filled(Path folder, int grants) {
    GrantStore store = Containers.store("memory", folder);
    Containers.seal(store, "old", OLD);
    Containers.seal(store, "new", Containers.distinct(grants));
    return store;
  }

  static void save(GrantStore store, String sync, Path target, ContainerWriter.Step step) {
    SaveOptions options = SaveOptions.defaults().withSorting(LOADING).replacing();
    SyncFiles.save(store, List.of(sync), new Save(target, options, BUFFER_BYTES, step));
  }

  /** Refuses a target that is there. */
  private static ContainerManifest saveNew(
      GrantStore store, Path target, ContainerWriter.Step step) {
    SaveOptions options = SaveOptions.defaults().withSorting(LOADING);
    return SyncFiles.save(store, List.of("new"), new Save(target, options, BUFFER_BYTES, step));
  }

  /** Saves, and dies at it. Arguments: folder, grants. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      try (GrantStore store = filled(folder, Integer.parseInt(arguments[1]))) {
        save(store, "new", folder.resolve("x.gsync"), call -> CrashPoint.reached());
        System.out.println(SAVED);
      }
    }
  }
}
