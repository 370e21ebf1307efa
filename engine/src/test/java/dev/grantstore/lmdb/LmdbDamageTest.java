package dev.grantstore.lmdb;

import static dev.grantstore.lmdb.SampleStore.SYNC;
import static dev.grantstore.lmdb.SampleStore.assertRefused;
import static dev.grantstore.lmdb.SampleStore.fill;
import static dev.grantstore.lmdb.SampleStore.grant;
import static dev.grantstore.lmdb.SampleStore.ids;
import static dev.grantstore.lmdb.SampleStore.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.CorruptionException;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a store after damage and death is refused, or read and written on. */
final class LmdbDamageTest {
  @TempDir private Path temp;
  private Path location;

  @BeforeEach
  void chooseLocation() {
    location = temp.resolve("store");
  }

  @Test
  void aNewerFormatIsRefusedWithBothVersions() throws IOException {
    open(OpenMode.CREATE).close();
    // The row of the format: the key, which ends with a zero byte, and then the number.
    replace("format\0\0\0\0" + (char) FormatVersion.CURRENT, "format\0\0\0\0\7");

    for (OpenMode mode : List.of(OpenMode.OPEN, OpenMode.READ_ONLY, OpenMode.OPEN_OR_CREATE)) {
      assertThatThrownBy(() -> open(mode))
          .isInstanceOfSatisfying(
              GrantStoreException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.VERSION_TOO_NEW))
          .hasMessageContaining("written=7")
          .hasMessageContaining("supported=" + FormatVersion.CURRENT);
    }
  }

  @Test
  void aFileThatIsNoLmdbFileIsRefusedAndLeftAlone() throws IOException {
    Files.createDirectory(location);
    byte[] text = "notes ".repeat(2_000).getBytes(StandardCharsets.UTF_8);
    Files.write(database(), text);

    for (OpenMode mode : List.of(OpenMode.CREATE, OpenMode.OPEN, OpenMode.OPEN_OR_CREATE)) {
      assertRefused(Reason.NOT_A_STORE, () -> open(mode));
    }

    assertThat(names(location)).containsExactly("grants.mdb");
    assertThat(Files.readAllBytes(database())).isEqualTo(text);
  }

  @Test
  void aStoreThatWasNeverFinishedCanBeCreated() throws IOException {
    Files.createDirectory(location);
    Files.createFile(location.resolve("LOCK"));
    Files.write(location.resolve("grants.mdb.new"), new byte[5_000]);

    assertRefused(Reason.NOT_A_STORE, () -> open(OpenMode.OPEN));

    open(OpenMode.CREATE).close();
    assertThat(names(location))
        .containsExactly("LOCK", "WATERMARK", "WATERMARK.base", "grants.mdb", "grants.mdb-lock");
  }

  @Test
  void whatIsLeftAfterAKillIsReadAndWrittenOn() throws IOException {
    Path killed = temp.resolve("killed");
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
      Files.createDirectory(killed);
      Files.createFile(killed.resolve("LOCK"));
      Files.copy(database(), killed.resolve("grants.mdb"));
      for (String name : List.of("grants.mdb-lock", "WATERMARK", "WATERMARK.base")) {
        Files.copy(location.resolve(name), killed.resolve(name));
      }
      Files.createDirectory(killed.resolve("bulk-7"));
      Files.createFile(killed.resolve("bulk-7").resolve("run-0"));
    }
    location = killed;
    try (GrantStore store = open(OpenMode.READ_ONLY)) {
      assertThat(store.get(SYNC, "g9")).contains(grant(9));
    }
    try (GrantStore store = open(OpenMode.OPEN)) {
      store.put(SYNC, grant(10));
      assertThat(ids(store)).hasSize(11);
    }
    assertThat(names(killed))
        .containsExactly("LOCK", "WATERMARK", "WATERMARK.base", "grants.mdb", "grants.mdb-lock");
  }

  @Test
  void aFileThatWasCutIsALossInEveryMode() throws IOException {
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
    }
    byte[] whole = Files.readAllBytes(database());

    for (int length : List.of(0, 100, 4_096, 8_192, whole.length - 4_096, whole.length - 1)) {
      Files.write(database(), Arrays.copyOf(whole, length));
      for (OpenMode mode : List.of(OpenMode.OPEN, OpenMode.READ_ONLY, OpenMode.OPEN_OR_CREATE)) {
        assertRefused(Reason.DATA_LOSS, () -> open(mode));
      }
    }
    Files.write(database(), whole);
    open(OpenMode.OPEN).close();
  }

  @Test
  void aDamagedMetaPageIsCorruptionAndNotTheMomentBefore() throws IOException {
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
    }
    byte[] whole = Files.readAllBytes(database());
    for (int at : List.of(4_096 + 16, 4_096 + 20, 4_096 + 40, 10, 4_096 + 10)) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x5a;
      Files.write(database(), damaged);

      assertRefused(Reason.CORRUPTION, () -> open(OpenMode.OPEN));
      assertRefused(Reason.CORRUPTION, () -> open(OpenMode.READ_ONLY));
    }
  }

  @Test
  void aRowThatDoesNotDecodeIsCorruptionAndNamesItsKeyspace() throws IOException {
    try (GrantStore store = open(OpenMode.CREATE)) {
      fill(store);
    }
    // Every value that names the resource holds its length before it.
    replace("\5app-3", "\u007fapp-3");

    try (GrantStore store = open(OpenMode.OPEN)) {
      assertThatThrownBy(() -> store.get(SYNC, "g3"))
          .isInstanceOf(CorruptionException.class)
          .hasMessageContaining("keyspace=grants");
      assertThatThrownBy(() -> ids(store)).isInstanceOf(CorruptionException.class);
      assertThatThrownBy(() -> store.put(SYNC, grant(3))).isInstanceOf(CorruptionException.class);
      store.put(SYNC, grant(99));
      assertThat(store.get(SYNC, "g99")).contains(grant(99));
    }
  }

  private GrantStore open(OpenMode mode) {
    return GrantStores.open("lmdb:" + location, StoreOptions.of(mode));
  }

  private Path database() {
    return location.resolve("grants.mdb");
  }

  /** Replaces every occurrence of some bytes in the file, given as Latin-1. */
  private void replace(String from, String to) throws IOException {
    String bytes = new String(Files.readAllBytes(database()), StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains(from);
    Files.write(database(), bytes.replace(from, to).getBytes(StandardCharsets.ISO_8859_1));
  }
}
