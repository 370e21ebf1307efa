package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mostly within one process; that others are kept out is tested with stores. */
final class FolderLockTest {
  @TempDir Path folder;
  @TempDir Path output;

  @Test
  void aWriterKeepsAllOthersOutUntilItCloses() throws IOException {
    try (FolderLock writer = FolderLock.forWriting(folder)) {
      assertLocked(() -> FolderLock.forWriting(folder));
      assertLocked(() -> FolderLock.forReading(folder));
      assertThat(writer).isNotNull();
    }
    FolderLock.forReading(folder).close();
    FolderLock.forWriting(folder).close();
  }

  @Test
  void readersKeepAWriterOutUntilTheLastCloses() throws IOException {
    FolderLock.forWriting(folder).close();
    FolderLock first = FolderLock.forReading(folder);
    FolderLock second = FolderLock.forReading(folder);
    first.close();
    first.close();

    assertLocked(() -> FolderLock.forWriting(folder));
    second.close();

    FolderLock.forWriting(folder).close();
  }

  @Test
  void aLinkIsTheSameFolder() throws IOException {
    Path link = folder.resolveSibling(folder.getFileName() + "-link");
    Files.createSymbolicLink(link, folder);
    try (FolderLock writer = FolderLock.forWriting(folder)) {
      assertLocked(() -> FolderLock.forWriting(link));
      assertThat(writer).isNotNull();
    } finally {
      Files.delete(link);
    }
  }

  /** As when the class is loaded twice, or the folder is mounted twice. */
  @Test
  void whoIsRefusedDoesNotGiveUpALockTakenPastThisClass() throws Exception {
    Path file = Files.createFile(folder.resolve(FolderLock.FILE));
    try (FileChannel holder = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = holder.lock()) {
      assertLocked(() -> FolderLock.forWriting(folder));
      assertLocked(() -> FolderLock.forReading(folder));

      assertThat(lockInAnotherProcess()).isEqualTo(FolderLockChild.LOCKED);
      assertThat(lock.isValid()).isTrue();
    }
    assertThat(lockInAnotherProcess()).isEqualTo(FolderLockChild.FREE);
  }

  private int lockInAnotherProcess() throws IOException, InterruptedException {
    try (ChildJvm child =
        ChildJvm.start(output, List.of(), FolderLockChild.class, folder.toString())) {
      return child.awaitExit();
    }
  }

  private static void assertLocked(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED));
  }
}
