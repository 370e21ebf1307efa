package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void aFlippedBitInFormatIsToldAndNeverAnotherIdentity() throws IOException {
    Path path = temp.resolve("store");
    Path format = path.resolve(FormatFile.NAME);
    UUID identity = ready(path);
    byte[] whole = Files.readAllBytes(format);
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(format, damaged);
      assertToldOr(identity, path, "bit " + bit);
    }
    for (int length = 0; length < whole.length; length++) {
      Files.write(format, Arrays.copyOf(whole, length));
      assertToldOr(identity, path, "length " + length);
    }
    Files.write(format, whole);
    try (StoreFolder folder = StoreFolder.claim(path.toString(), "test", OpenMode.READ_ONLY)) {
      assertThat(folder.identity()).isEqualTo(identity);
    }
  }

  /** F17. */
  @Test
  void aFlippedDigitOfAnIdIsCorruption() throws IOException {
    Path path = temp.resolve("store");
    String identity = ready(path).toString();
    String other = (identity.charAt(0) == '0' ? "1" : "0") + identity.substring(1);
    Path format = path.resolve(FormatFile.NAME);
    Files.writeString(format, Files.readString(format).replace(identity, other));

    for (OpenMode mode : OpenMode.values()) {
      assertThatThrownBy(
              () -> {
                try (StoreFolder folder = StoreFolder.claim(path.toString(), "test", mode)) {
                  folder.identity();
                }
              })
          .as("%s", mode)
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPTION));
    }
  }

  @Test
  void aFormatWithoutChecksumIsOfFormatOne() throws IOException {
    Path path = temp.resolve("store");
    UUID identity = ready(path);
    Files.writeString(
        path.resolve(FormatFile.NAME),
        "grantstore test\nformat 1\nstate ready\nid " + identity + "\n");
    try (StoreFolder folder = StoreFolder.claim(path.toString(), "test", OpenMode.OPEN)) {
      assertThat(folder.version()).isEqualTo(1);
      assertThat(folder.identity()).isEqualTo(identity);
      folder.markReady();
      assertThat(folder.version()).isEqualTo(FormatVersion.CURRENT);
      assertThat(folder.identity()).isEqualTo(identity);
    }
  }

  /** It has no checksum: what is not as it was written must not be taken for a new store. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "format +1",
        "format 01",
        "forzat 1",
        "state reaby",
        "state creating ",
        "id 0-0-1-0-2",
        "iz 00000000-0000-0001-0000-000000000002",
        "id 00000000-0000-0001-0000-00000000000A",
      })
  void aLineOfFormatOneThatIsNotAsItWasWrittenIsRefused(String line) throws IOException {
    Path path = temp.resolve("store");
    ready(path);
    List<String> lines =
        new ArrayList<>(
            List.of(
                "grantstore test",
                "format 1",
                "state ready",
                "id 00000000-0000-0001-0000-000000000002"));
    lines.set(line.startsWith("f") ? 1 : line.startsWith("s") ? 2 : 3, line);
    String text = String.join("\n", lines) + "\n";
    Files.writeString(path.resolve(FormatFile.NAME), text);

    for (OpenMode mode : List.of(OpenMode.OPEN, OpenMode.OPEN_OR_CREATE, OpenMode.READ_ONLY)) {
      assertThatThrownBy(
              () -> {
                try (StoreFolder folder = StoreFolder.claim(path.toString(), "test", mode)) {
                  folder.identity();
                }
              })
          .as("%s", mode)
          .isInstanceOfSatisfying(
              GrantStoreException.class,
              e -> assertThat(e.reason()).isIn(Reason.CORRUPTION, Reason.NOT_A_STORE));
    }
    assertThat(path.resolve(FormatFile.NAME)).hasContent(text);
  }

  private static UUID ready(Path path) throws IOException {
    try (StoreFolder folder = StoreFolder.claim(path.toString(), "test", OpenMode.CREATE)) {
      folder.markReady();
      return folder.identity();
    }
  }

  private static void assertToldOr(UUID identity, Path path, String what) throws IOException {
    try (StoreFolder folder = StoreFolder.claim(path.toString(), "test", OpenMode.READ_ONLY)) {
      assertThat(folder.identity()).as(what).isEqualTo(identity);
    } catch (GrantStoreException e) {
      assertThat(e.reason())
          .as("%s: %s", what, e)
          .isIn(Reason.CORRUPTION, Reason.NOT_A_STORE, Reason.VERSION_TOO_NEW);
    }
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
