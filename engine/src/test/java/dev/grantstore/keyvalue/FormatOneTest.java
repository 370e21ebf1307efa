package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that were made in format 1: their folders are in {@code format-1.zip}. */
final class FormatOneTest {
  private static final Instant NOW = Instant.parse("2024-03-01T10:00:00Z");

  @TempDir private Path temp;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream in = FormatOneTest.class.getResourceAsStream("format-1.zip")) {
      assertThat(in).isNotNull();
      ZipInputStream zip = new ZipInputStream(in);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = temp.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          Files.write(path, zip.readAllBytes());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void isReadAndNotChanged(String engine) throws IOException {
    Map<String, Integer> before = contents(temp.resolve(engine));
    try (GrantStore store = open(engine, OpenMode.READ_ONLY)) {
      assertWhole(store, 5);
    }
    assertThat(contents(temp.resolve(engine))).containsAllEntriesOf(before);
    assertThat(temp.resolve(engine).resolve("WATERMARK.base")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void getsItsMarkWhenItIsOpenedForWriting(String engine) throws IOException {
    Path location = temp.resolve(engine);
    try (GrantStore store = open(engine, OpenMode.OPEN)) {
      assertWhole(store, 5);
      store.put("open", grant(45));
    }
    for (OpenMode mode : List.of(OpenMode.READ_ONLY, OpenMode.OPEN)) {
      try (GrantStore store = open(engine, mode)) {
        assertWhole(store, 6);
      }
    }
    List<String> mark = Files.readAllLines(location.resolve("WATERMARK"));
    assertThat(mark).anyMatch(line -> line.startsWith("store "));
    assertThat(mark).last().asString().matches("crc32c [0-9a-f]{8}");
    for (String name : List.of("WATERMARK", "WATERMARK.base")) {
      byte[] whole = Files.readAllBytes(location.resolve(name));
      Files.delete(location.resolve(name));
      assertThatThrownBy(() -> open(engine, OpenMode.OPEN))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DATA_LOSS));
      Files.write(location.resolve(name), whole);
    }
    open(engine, OpenMode.OPEN).close();
  }

  private GrantStore open(String engine, OpenMode mode) {
    return GrantStores.open(engine + ":" + temp.resolve(engine), StoreOptions.of(mode));
  }

  private static void assertWhole(GrantStore store, int open) {
    DigestAccumulator expected = new DigestAccumulator();
    for (int i = 0; i < 40; i++) {
      expected.add(grant(i));
      assertThat(store.get("old", "g" + i)).contains(grant(i));
    }
    assertThat(store.sync("old").orElseThrow().digest()).contains(expected.digest());
    for (int i = 0; i < open; i++) {
      assertThat(store.get("open", "g" + (40 + i))).contains(grant(40 + i));
    }
  }

  private static Grant grant(int number) {
    return Grant.of(
        "g" + number,
        new EntitlementRef("app", "app-" + number % 7, "member"),
        new PrincipalRef("user", "u" + number % 11),
        NOW);
  }

  private static Map<String, Integer> contents(Path folder) throws IOException {
    Map<String, Integer> contents = new TreeMap<>();
    for (Path file : Folders.files(folder)) {
      contents.put(
          file.toString(), java.util.Arrays.hashCode(Files.readAllBytes(folder.resolve(file))));
    }
    return contents;
  }
}
