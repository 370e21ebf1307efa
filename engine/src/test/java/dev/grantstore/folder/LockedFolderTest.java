package dev.grantstore.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.keyvalue.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F8 and F18: what is cleared away, and above all what is not. */
final class LockedFolderTest {
  @TempDir private Path top;
  private Path shared;
  private Path thesis;

  @BeforeEach
  void makeAPlaceForAll() throws IOException {
    shared = Files.createDirectory(top.resolve("shared"));
    thesis = Files.writeString(Files.createDirectory(top.resolve("home")).resolve("thesis"), "x");
  }

  @Test
  void aClosedFolderIsGoneWithAllInIt() throws IOException {
    try (LockedFolder folder = LockedFolder.temporary(shared, "test")) {
      Files.writeString(Files.createDirectories(folder.path().resolve("deep/er")).resolve("f"), "");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root(folder))))
          .isEqualTo("rwx------");
    }
    assertThat(FolderTree.entries(shared)).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftIsCleared() throws IOException, InterruptedException {
    Path output = Files.createDirectory(top.resolve("output"));
    try (ChildJvm child = ChildJvm.start(output, List.of(), KilledOwner.class, shared.toString())) {
      while (child.lines().isEmpty() && child.isAlive()) {
        Thread.sleep(10);
      }
      // In use, and so not cleared.
      assertThat(LockedFolder.removeLeftovers(shared, "grantstore-")).isEmpty();
      child.kill();
    }
    assertThat(FolderTree.entries(shared)).hasSize(1);
    LockedFolder.temporary(shared, "other").close();
    assertThat(FolderTree.entries(shared)).isEmpty();
  }

  @Test
  void aFolderInUseInThisProcessStaysLockedForOthers() throws Exception {
    try (LockedFolder folder = LockedFolder.temporary(shared, "test")) {
      // Looked at here first: to close a channel on the lock's file would give up the lock.
      LockedFolder.removeTemporary(shared);
      Path output = Files.createDirectory(top.resolve("output"));
      try (ChildJvm child = ChildJvm.start(output, List.of(), Sweeper.class, shared.toString())) {
        assertThat(child.awaitExit()).describedAs(child.output()).isZero();
      }
      assertThat(folder.path()).exists();
    }
  }

  @Test
  void whatWasLeftIsRemovedOnlyOfThatName() throws IOException {
    Path other = leftover("other-1");
    Path mine = leftover("grantstore-1");
    assertThat(LockedFolder.removeLeftovers(shared, "grantstore-")).containsExactly(mine);
    assertThat(FolderTree.entries(shared)).containsExactly(other);
  }

  @Test
  void aFolderOfAnotherUserStays() throws IOException {
    OtherUser.isNeeded();
    Path root = leftover("grantstore-1");
    OtherUser.owns(root.resolve("owner.lock"));
    OtherUser.owns(root);
    assertStays(root);
  }

  @Test
  void aFolderWithoutALockStays() throws IOException {
    Path root = leftover("grantstore-1");
    Files.delete(root.resolve("owner.lock"));
    assertStays(root);
  }

  @Test
  void aFolderWhoseLockHasNoLineOfOursStays() throws IOException {
    Path root = leftover("grantstore-1");
    Files.writeString(root.resolve("owner.lock"), "");
    assertStays(root);
    Files.writeString(root.resolve("owner.lock"), "made by a process of another tool\n");
    assertStays(root);
  }

  @Test
  void aFolderWhoseLockHasMoreThanOurLineStays() throws IOException {
    Path root = leftover("grantstore-1");
    Files.writeString(root.resolve("owner.lock"), "my notes\n", StandardOpenOption.APPEND);
    assertStays(root);
  }

  @Test
  void aFolderThatIsOpenToOthersStays() throws IOException {
    Path root = leftover("grantstore-1");
    for (String mode : List.of("rwxr-xr-x", "rwx--x---", "rwxrwxrwx", "rwx---r--")) {
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString(mode));
      assertStays(root);
    }
  }

  @Test
  void aLinkInItsPlaceStaysAndLeadsNowhere() throws IOException {
    Path elsewhere = leftover("grantstore-1");
    Path real = Files.move(elsewhere, top.resolve("real"));
    Path link = Files.createSymbolicLink(shared.resolve("grantstore-1"), real);
    LockedFolder.removeTemporary(shared);
    assertThat(link).isSymbolicLink();
    assertThat(real.resolve("content/file")).exists();
  }

  @Test
  void aLinkInPlaceOfTheLockFileIsNoLock() throws IOException {
    Path root = leftover("grantstore-1");
    Path real = Files.move(root.resolve("owner.lock"), top.resolve("real"));
    Files.createSymbolicLink(root.resolve("owner.lock"), real);
    assertStays(root);
  }

  @Test
  void aLinkInsideGoesAndWhatItLeadsToStays() throws IOException {
    Path root = leftover("grantstore-1");
    Files.createSymbolicLink(root.resolve("content/link"), thesis.getParent());
    Files.createSymbolicLink(root.resolve("link"), thesis);
    assertThat(LockedFolder.removeLeftovers(shared, "grantstore-")).containsExactly(root);
    assertThat(thesis).hasContent("x");
  }

  @Test
  void aPipeOfThatNameStaysAndHoldsNobodyUp() throws Exception {
    Path pipe = shared.resolve("grantstore-1");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    LockedFolder.removeTemporary(shared);
    assertThat(pipe).exists();
  }

  @Test
  void aFileOfThatNameStays() throws IOException {
    Path file = Files.writeString(shared.resolve("grantstore-1"), "x");
    LockedFolder.removeTemporary(shared);
    assertThat(file).hasContent("x");
  }

  @Test
  void whoeverIsKilledWhileClearingAwayLeavesWhatCanBeCleared() throws IOException {
    Path root = leftover("grantstore-1");
    FolderTree.delete(root.resolve("content"));
    assertThat(LockedFolder.removeLeftovers(shared, "grantstore-")).containsExactly(root);
  }

  /** Content that cannot be deleted stands for being killed on the way. */
  @Test
  void whoIsKilledWhileRemovingWhatItHoldsLeavesTheLock() throws IOException {
    try (LockedFolder held = LockedFolder.temporary(shared, "held")) {
      LockedFolder.removeHeld(
          List.of(held.root()),
          folder -> {
            if (folder.equals(held.path())) {
              throw new IOException("busy");
            }
            FolderTree.delete(folder);
          });
      assertThat(held.root().resolve("owner.lock")).exists();

      LockedFolder.removeHeld(List.of(held.root()), FolderTree::delete);
      assertThat(held.root()).doesNotExist();
    }
  }

  @Test
  void closingDeletesNothingThatIsNotItsOwn() throws IOException {
    LockedFolder folder = LockedFolder.temporary(shared, "test");
    Path moved = Files.move(root(folder), top.resolve("moved"));
    Files.createSymbolicLink(root(folder), thesis.getParent());
    assertThatThrownBy(folder::close).isInstanceOf(IOException.class);
    assertThat(thesis).hasContent("x");
    assertThat(moved).exists();
  }

  @Test
  void closingDeletesNoOtherFolderInItsPlace() throws IOException {
    LockedFolder folder = LockedFolder.temporary(shared, "test");
    Files.move(root(folder), top.resolve("moved"));
    Path other = Files.move(leftover("other"), root(folder));
    assertThatThrownBy(folder::close).isInstanceOf(IOException.class);
    assertThat(other.resolve("content/file")).exists();
  }

  @Test
  void aFolderThatIsGoneAlreadyIsClosed() throws IOException {
    LockedFolder folder = LockedFolder.temporary(shared, "test");
    FolderTree.delete(root(folder));
    folder.close();
    folder.close();
    assertThat(FolderTree.entries(shared)).isEmpty();
  }

  private Path leftover(String name) throws IOException {
    return Leftovers.make(shared, name);
  }

  private void assertStays(Path root) throws IOException {
    assertThat(LockedFolder.removeLeftovers(shared, "grantstore-")).isEmpty();
    assertThat(root.resolve("content/file")).hasContent("x");
  }

  private static Path root(LockedFolder folder) {
    return Objects.requireNonNull(folder.path().getParent());
  }

  /** Makes a folder and waits for its death. */
  static final class KilledOwner {
    public static void main(String[] arguments) throws Exception {
      LockedFolder folder = LockedFolder.temporary(Path.of(arguments[0]), "killed");
      Files.writeString(folder.path().resolve("file"), "x");
      System.out.println("made");
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  /** Clears away, and fails if it found something to clear. */
  static final class Sweeper {
    public static void main(String[] arguments) throws Exception {
      if (!LockedFolder.removeLeftovers(Path.of(arguments[0]), "grantstore-").isEmpty()) {
        System.exit(1);
      }
    }
  }
}
