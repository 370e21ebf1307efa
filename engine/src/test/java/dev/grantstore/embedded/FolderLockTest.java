package dev.grantstore.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Within one process; that others are kept out is tested with stores. */
final class FolderLockTest {
  @TempDir Path folder;

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

  private static void assertLocked(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED));
  }
}
