package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is opened, what is refused, and that a refusal leaves nothing behind. */
abstract class OpeningTopic extends Topic {
  OpeningTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void createMakesAStoreInEveryDurability() {
    for (Durability durability : Durability.values()) {
      GrantStore store = open(temp.resolve("d-" + durability), OpenMode.CREATE, durability);
      store.startSync(SYNC, "full", STARTED);
      store.put(SYNC, aGrant().build());
      store.flush();
      Reads.assertHoldsExactly(store, SYNC, List.of(aGrant().build()));
    }
  }

  @Test
  void openOrCreateMakesAStoreWhereNoneIs() {
    assertThat(open(location(), OpenMode.OPEN_OR_CREATE).syncs()).isEmpty();
  }

  @Test
  void storesOpenAtOnceAreIndependent() {
    GrantStore one = storeWith(aGrant().id("one").build());
    GrantStore two = storeWith(aGrant().id("two").build());

    Reads.assertHoldsExactly(one, SYNC, List.of(aGrant().id("one").build()));
    Reads.assertHoldsExactly(two, SYNC, List.of(aGrant().id("two").build()));
  }

  @Test
  void openOfAMissingStoreIsRefusedAndLeavesNothingBehind() {
    assertOpenRefused(OpenMode.OPEN, Reason.STORE_MISSING);
  }

  @Test
  void readOnlyOpenOfAMissingStoreIsRefusedAndLeavesNothingBehind() {
    assertOpenRefused(OpenMode.READ_ONLY, Reason.STORE_MISSING);
  }

  @Test
  void createOfAStoreThatIsThereIsRefusedAndLeavesItAlone() {
    requires(Capability.PERSISTENT);
    Grant grant = writeAndClose();

    assertOpenRefused(OpenMode.CREATE, Reason.STORE_EXISTS);

    Reads.assertHoldsExactly(open(location(), OpenMode.OPEN), SYNC, List.of(grant));
  }

  @Test
  void aFileThatIsNotAStoreIsRefusedAndLeftAlone() throws IOException {
    requires(Capability.PERSISTENT);
    requires(Capability.FOLDER);
    Files.writeString(location(), "someone's notes");

    for (OpenMode mode : OpenMode.values()) {
      assertOpenRefused(mode, Reason.NOT_A_STORE);
    }
  }

  @Test
  void aDirectoryThatIsNotAStoreIsRefusedAndLeftAlone() throws IOException {
    requires(Capability.PERSISTENT);
    requires(Capability.FOLDER);
    Files.createDirectory(location());
    Files.writeString(location().resolve("notes.txt"), "someone's notes");

    for (OpenMode mode : OpenMode.values()) {
      assertOpenRefused(mode, Reason.NOT_A_STORE);
    }
  }

  @Test
  void aSecondOpenForWritingIsRefusedAndTheFirstGoesOn() {
    requires(Capability.EXCLUSIVE);
    GrantStore first = open(location(), OpenMode.CREATE);
    first.startSync(SYNC, "full", STARTED);

    for (OpenMode mode : List.of(OpenMode.OPEN, OpenMode.OPEN_OR_CREATE)) {
      assertThatThrownBy(() -> open(location(), mode))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED));
    }

    first.put(SYNC, aGrant().build());
    Reads.assertHoldsExactly(first, SYNC, List.of(aGrant().build()));
  }

  @Test
  void aRefusedSecondOpenDoesNotUnlockTheFirst() {
    requires(Capability.EXCLUSIVE);
    GrantStore first = open(location(), OpenMode.CREATE);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> open(location(), OpenMode.OPEN))
          .isInstanceOf(GrantStoreException.class);
    }

    first.close();

    assertThat(open(location(), OpenMode.OPEN).syncs()).isEmpty();
  }

  @Test
  void aLocationThatCannotBeWrittenIsRefused() throws IOException {
    requires(Capability.PERSISTENT);
    requires(Capability.FOLDER);
    Path closed = Files.createDirectory(temp.resolve("closed"));
    if (!closed.toFile().setWritable(false) || Files.isWritable(closed)) {
      throw UntriedRuleException.notTestable("this user may write everywhere (root?)");
    }

    assertThatThrownBy(() -> open(closed.resolve("store"), OpenMode.CREATE))
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_WRITABLE));
  }

  @Test
  void eachRefusalNamesTheLocation() throws IOException {
    requires(Capability.PERSISTENT);
    assertThatThrownBy(() -> open(location(), OpenMode.OPEN)).hasMessageContaining("store");
    if (engine().claims().contains(Capability.FOLDER)) {
      Path notAStore = Files.writeString(temp.resolve("notes"), "someone's notes");
      assertThatThrownBy(() -> open(notAStore, OpenMode.OPEN)).hasMessageContaining("notes");
    }
    writeAndClose();
    assertThatThrownBy(() -> open(location(), OpenMode.CREATE)).hasMessageContaining("store");
  }

  /** Checks that opening {@link #location()} is refused and no file is made, lost or changed. */
  private void assertOpenRefused(OpenMode mode, Reason reason) {
    List<String> before = files();
    assertThatThrownBy(() -> open(location(), mode))
        .as("%s", mode)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    assertThat(files()).as("files after a refused open, mode %s", mode).isEqualTo(before);
  }

  /** {@return every file below the temporary directory, with its content} */
  private List<String> files() {
    List<String> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(temp)) {
      for (Path path : paths.sorted().toList()) {
        boolean isFile = Files.isRegularFile(path);
        String content =
            isFile ? new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1) : "";
        files.add(temp.relativize(path) + " " + content);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return files;
  }

  private Grant writeAndClose() {
    Grant grant = aGrant().build();
    GrantStore store = open(location(), OpenMode.CREATE);
    store.startSync(SYNC, "full", STARTED);
    store.put(SYNC, grant);
    store.close();
    return grant;
  }
}
