package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderClaimTest {
  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void chooseFolder() {
    folder = temp.resolve("store");
  }

  @Test
  void anAbandonedClaimLeavesNothing() throws IOException {
    FolderClaim claim = claim();
    claim.lockForWriting();
    assertThat(folder.resolve("LOCK")).exists();

    claim.abandon();

    assertThat(folder).doesNotExist();
  }

  @Test
  void anAbandonedClaimLeavesWhatWasThere() throws IOException {
    Files.createDirectory(folder);
    Files.createFile(folder.resolve("LOCK"));
    FolderClaim claim = claim();
    claim.lockForWriting();

    claim.abandon();

    assertThat(FolderTree.entries(folder)).containsExactly(folder.resolve("LOCK"));
  }

  @Test
  void whoIsRefusedTheLockDoesNotTakeItFromItsHolder() throws IOException {
    try (FolderClaim holder = claim()) {
      holder.lockForWriting();
      FolderClaim other = claim();
      assertRefused(Reason.LOCKED, other::lockForWriting);
      other.abandon();

      assertRefused(Reason.LOCKED, claim()::lockForWriting);
    }
  }

  @Test
  void onlyLeftoversAreAsGoodAsNothing() throws IOException {
    Files.createDirectory(folder);
    Files.createFile(folder.resolve("LOCK"));
    Files.createFile(folder.resolve("MARK.next"));
    claim().check(OpenMode.CREATE);
    assertRefused(Reason.NOT_A_STORE, () -> claim().check(OpenMode.OPEN));

    Files.createFile(folder.resolve("notes"));

    assertRefused(Reason.NOT_A_STORE, () -> claim().check(OpenMode.CREATE));
  }

  @Test
  void aMarkMakesAStore() throws IOException {
    Files.createDirectory(folder);
    Files.createFile(folder.resolve("notes"));
    Files.createFile(folder.resolve("MARK"));

    claim().check(OpenMode.OPEN);

    assertThat(claim().isStore()).isTrue();
  }

  private FolderClaim claim() {
    return FolderClaim.at(folder.toString(), "MARK", "MARK.next");
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
