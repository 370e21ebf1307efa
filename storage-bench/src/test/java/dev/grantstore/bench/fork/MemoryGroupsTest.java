package dev.grantstore.bench.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Control groups in a tree that a test makes of plain files, which limits nothing. */
@EnabledOnOs(OS.LINUX)
final class MemoryGroupsTest {
  @TempDir private Path root;

  private final List<Path> removed = new ArrayList<>();
  private Path parent;

  @BeforeEach
  void makeTree() throws IOException {
    Files.createDirectories(root.resolve("proc/self"));
    Files.writeString(
        root.resolve("proc/self/mounts"),
        """
        cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0
        cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0
        """);
    Files.writeString(
        root.resolve("proc/self/cgroup"), "4:memory:/other\n0::/user.slice/app/run.scope\n");
    parent = Files.createDirectories(root.resolve("sys/fs/cgroup/unified/user.slice/app"));
    Files.createDirectories(parent.resolve("run.scope"));
    Files.writeString(parent.resolve("cgroup.subtree_control"), "cpu memory pids\n");
  }

  @Test
  void anInterruptEndsTheWaitForTheLastProcessOfAGroupAndIsKept() {
    MemoryGroups.Group group =
        new MemoryGroups.Group(
            parent,
            path -> {
              throw new IOException("busy");
            });
    Thread.currentThread().interrupt();

    assertThatThrownBy(group::close).isInstanceOf(IOException.class).hasMessageContaining("interr");

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void groupIsMadeBesideTheProcessAndRemovedWhenItIsClosed() throws Exception {
    MemoryGroups groups = find().orElseThrow();
    removed.clear();
    Path out = root.resolve("out");
    try (MemoryGroups.Group group = groups.limited("a-128-MiB", 128)) {
      assertThat(group.path().getParent()).isEqualTo(parent);
      assertThat(group.path().resolve("memory.max")).hasContent("134217728");
      List<String> command =
          List.of("/bin/sh", "-c", "echo \"$$ $0\" > \"$1\"", "an arg", "" + out);
      Process process = new ProcessBuilder(group.entering(command)).start();

      assertThat(process.waitFor()).isZero();
      assertThat(out).hasContent(process.pid() + " an arg");
      assertThat(group.path().resolve("cgroup.procs")).hasContent("" + process.pid());
    }
    assertThat(removed).hasSize(1);
    assertThat(removed.get(0)).doesNotExist();
  }

  /** A run that was killed leaves its group, and its number is somebody else's by now. */
  @Test
  void groupsOfProcessesThatAreNoMoreAreRemovedAndOthersStay() throws IOException {
    Path left = Files.createDirectory(parent.resolve("grantstore-999999999999-a-64-MiB"));
    Path other = Files.createDirectory(parent.resolve("grantstore-of-somebody"));
    long pid = ProcessHandle.current().pid();
    Path own = Files.createDirectory(parent.resolve("grantstore-" + pid + "-a-64-MiB"));

    MemoryGroups groups = find().orElseThrow();

    assertThat(left).doesNotExist();
    assertThat(other).exists();
    assertThat(own).exists();
    try (MemoryGroups.Group one = groups.limited("a-64-MiB", 64);
        MemoryGroups.Group same = groups.limited("a-64-MiB", 64)) {
      assertThat(one.path()).isNotEqualTo(same.path());
    }
  }

  @Test
  void systemSaysWhetherItEndedAProcessForWantOfMemory() throws IOException {
    try (MemoryGroups.Group group = find().orElseThrow().limited("a", 64)) {
      assertThat(group.killed()).isFalse();
      Files.writeString(group.path().resolve("memory.events"), "oom 3\noom_kill 0\n");
      assertThat(group.killed()).isFalse();
      Files.writeString(group.path().resolve("memory.events"), "oom 3\noom_kill 1\n");
      assertThat(group.killed()).isTrue();
    }
  }

  /** Then what is to be limited would not be. */
  @Test
  void commandDoesNotRunWhereTheGroupCannotBeEntered() throws Exception {
    try (MemoryGroups.Group group = find().orElseThrow().limited("a", 64)) {
      Files.createDirectory(group.path().resolve("cgroup.procs"));
      Path out = root.resolve("out");
      Process process =
          new ProcessBuilder(group.entering(List.of("/bin/sh", "-c", "echo a > \"$0\"", "" + out)))
              .start();

      assertThat(process.waitFor()).isEqualTo(96);
      assertThat(out).doesNotExist();
    }
  }

  @Test
  void noneWhereTheMemoryControllerWasNotHandedOver() throws IOException {
    Files.writeString(parent.resolve("cgroup.subtree_control"), "cpu pids\n");

    assertThat(find()).isEmpty();
  }

  @Test
  void noneWhereOneCannotBeRemovedAgain() {
    Optional<MemoryGroups> found =
        MemoryGroups.find(
            root,
            group -> {
              throw new IOException("busy");
            });

    assertThat(found).isEmpty();
  }

  @Test
  void noneWithTheFirstVersionAlone() throws IOException {
    Files.writeString(
        root.resolve("proc/self/mounts"), "cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0\n");

    assertThat(find()).isEmpty();
  }

  private Optional<MemoryGroups> find() {
    return MemoryGroups.find(
        root,
        group -> {
          removed.add(group);
          FolderTree.delete(group);
        });
  }
}
