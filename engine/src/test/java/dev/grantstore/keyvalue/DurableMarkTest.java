package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableMarkTest {
  private static final UUID STORE = new UUID(7, 11);
  private static final UUID OTHER = new UUID(7, 12);

  @TempDir private Path temp;

  @Test
  void theFilesAreWhatTheirGrammarSays() throws IOException {
    DurableMark mark = opened(0);
    mark.write(STORE, 5, "manifest MANIFEST-000005 378");

    assertThat(Files.readString(temp.resolve("WATERMARK")))
        .isEqualTo(
            """
            commit 5
            manifest MANIFEST-000005 378
            store 00000000-0000-0007-0000-00000000000b
            crc32c c263ca63
            """);
  }

  @Test
  void aDatabaseThatIsBehindTheMarkOrAnothersIsALoss() throws IOException {
    opened(0).write(STORE, 5, null);

    assertLoss(() -> read().check(STORE, 4));
    assertLoss(() -> read().check(OTHER, 6));
    read().check(STORE, 5);
    read().check(STORE, 6);
  }

  /** A log that is lost goes back to the moment before the mark, and an older mark allows that. */
  @Test
  void anOlderMarkIsALossThoughTheDatabaseFitsIt() throws IOException {
    DurableMark first = opened(0);
    first.write(STORE, 5, null);
    first.end();
    byte[] older = Files.readAllBytes(temp.resolve("WATERMARK"));
    DurableMark second = opened(5);
    second.write(STORE, 9, null);
    second.write(STORE, 12, null);
    Files.write(temp.resolve("WATERMARK"), older);

    assertLoss(() -> read());
  }

  @Test
  void anOlderMarkIsALossAfterAClosingAlsoIfItIsOfTheSameOpening() throws IOException {
    DurableMark mark = opened(0);
    mark.write(STORE, 5, null);
    mark.write(STORE, 7, null);
    byte[] older = Files.readAllBytes(temp.resolve("WATERMARK"));
    mark.write(STORE, 9, null);
    mark.end();
    Files.write(temp.resolve("WATERMARK"), older);

    assertLoss(() -> read());
  }

  @Test
  void aMarkOfAnotherStoreIsALoss() throws IOException {
    opened(0).write(STORE, 5, null);
    byte[] base = Files.readAllBytes(temp.resolve("WATERMARK.base"));
    DurableMark.delete(temp);
    opened(0).write(OTHER, 5, null);
    read().check(OTHER, 5);
    Files.write(temp.resolve("WATERMARK.base"), base);

    assertLoss(() -> read().check(OTHER, 5));
    assertLoss(() -> read().check(STORE, 5));
  }

  @Test
  void aMarkIsReplacedOnlyWhenThereIsMoreToSay() throws IOException {
    DurableMark mark = opened(0);
    mark.write(STORE, 5, null);
    Files.delete(temp.resolve("WATERMARK"));
    Files.delete(temp.resolve("WATERMARK.base"));
    mark.write(STORE, 5, null);
    mark.end();
    assertThat(DurableMark.isIn(temp)).isFalse();
    mark.write(STORE, 6, null);
    // Once in an opening, and at its end.
    assertThat(temp.resolve("WATERMARK.base")).doesNotExist();
    mark.end();
    assertThat(temp.resolve("WATERMARK.base")).hasSameBinaryContentAs(temp.resolve("WATERMARK"));
  }

  @Test
  void aMarkThatIsMissingCutOrFlippedIsALossOrHarmless() throws IOException {
    DurableMark mark = opened(0);
    mark.write(STORE, 5, "note 1");
    mark.end();
    for (String name : List.of("WATERMARK", "WATERMARK.base")) {
      Path file = temp.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (int bit = 0; bit < 8 * whole.length; bit++) {
        byte[] damaged = whole.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(file, damaged);
        assertToldOrWhole();
      }
      for (int length = 0; length < whole.length; length++) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertToldOrWhole();
      }
      Files.delete(file);
      assertLoss(() -> read());
      Files.write(file, whole);
    }
    read().check(STORE, 5);
  }

  @Test
  void aMarkOfFormatOneNamesNoStoreAndGetsOneWhenItIsWritten() throws IOException {
    Files.writeString(temp.resolve("WATERMARK"), "commit 5\nmanifest MANIFEST-000005 378\n");
    DurableMark old = DurableMark.of(temp, 1);
    old.read(1);
    assertThat(old.note()).contains("manifest MANIFEST-000005 378");
    assertLoss(() -> old.check(4));
    assertLoss(() -> read());
    old.check(5);
    old.write(STORE, 5, null);

    read().check(STORE, 5);
    assertLoss(() -> read().check(OTHER, 5));
  }

  @Test
  void aStoreOfFormatOneNeedsAMarkWhereItsEngineHadOne() throws IOException {
    DurableMark.of(temp, 2).read(1);
    assertLoss(() -> DurableMark.of(temp, 1).read(1));
    assertLoss(() -> DurableMark.of(temp, 2).read(2));
  }

  private DurableMark opened(long commit) {
    DurableMark mark = DurableMark.of(temp, 1);
    mark.check(commit);
    return mark;
  }

  private DurableMark read() throws IOException {
    DurableMark mark = DurableMark.of(temp, 1);
    mark.read(2);
    return mark;
  }

  private void assertToldOrWhole() throws IOException {
    try {
      DurableMark mark = read();
      assertThat(mark.commit()).isEqualTo(5);
      assertThat(mark.note()).contains("note 1");
      mark.check(STORE, 5);
    } catch (GrantStoreException e) {
      assertThat(e.reason()).isEqualTo(Reason.DATA_LOSS);
    }
  }

  private static void assertLoss(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DATA_LOSS));
  }
}
