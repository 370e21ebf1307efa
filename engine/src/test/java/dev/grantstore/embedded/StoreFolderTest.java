package dev.grantstore.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreFolderTest {
  private static final int ROUNDS = 3_000;

  @TempDir Path temp;

  @Test
  void whatCannotBeTakenBackDoesNotHideWhyOpeningFailed() throws IOException {
    Path path = temp.resolve("store");
    StoreFolder folder = StoreFolder.claim(path.toString(), "test", OpenMode.CREATE);
    IllegalStateException because = new IllegalStateException("opening failed");
    FolderTree.delete(path);

    folder.abandon(because);

    assertThat(because.getSuppressed()).hasOnlyElementsOfType(NoSuchFileException.class);
    StoreFolder.claim(path.toString(), "test", OpenMode.CREATE).close();
  }

  /** Another process makes a store meanwhile, and takes it back before it gives up the lock. */
  @Test
  void openMakesNoStoreInARace() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> other =
          thread.submit(
              () -> {
                while (!stop.get()) {
                  makeAndTakeBack();
                }
                return temp;
              });
      for (int i = 0; i < ROUNDS; i++) {
        assertThatThrownBy(() -> StoreFolder.claim(temp.toString(), "test", OpenMode.OPEN).close())
            .isInstanceOf(GrantStoreException.class);
      }
      stop.set(true);
      other.get();
    } finally {
      stop.set(true);
      thread.shutdown();
    }
  }

  private void makeAndTakeBack() throws IOException {
    try (FolderLock lock = FolderLock.forWriting(temp)) {
      Path mark = Files.createFile(temp.resolve(FormatFile.NAME));
      assertThat(lock).isNotNull();
      Files.delete(mark);
    } catch (GrantStoreException e) {
      // The one that opens has it locked.
      Thread.onSpinWait();
    }
  }
}
