package dev.grantstore.equivalence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F2: which damage only checksums of rows could tell, and which not. */
final class RowBytesTest {
  private static final int PAGE_BYTES = 4096;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"sqlite, grants.db", "lmdb, grants.mdb"})
  void aByteOfAnIdIsARowsAndOneOfAPageHeaderIsNot(String engine, String file) throws IOException {
    byte[] before = Files.readAllBytes(store(engine).resolve(file));
    int id = indexOf(before, "note 0 of 111");

    assertThat(RowBytes.differOnly(before, flipped(before, id))).isTrue();
    for (int header = 0; header < 8; header++) {
      int at = id / PAGE_BYTES * PAGE_BYTES + header;
      assertThat(RowBytes.differOnly(before, flipped(before, at))).as("byte %d", at).isFalse();
    }
    assertThat(RowBytes.differOnly(before, flipped(before, 50))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"sqlite, grants.db", "lmdb, grants.mdb"})
  void whatAlsoHitsAPageHeaderIsNotARowsAlone(String engine, String file) throws IOException {
    byte[] before = Files.readAllBytes(store(engine).resolve(file));
    int id = indexOf(before, "note 0 of 111");
    byte[] both = flipped(flipped(before, id), id / PAGE_BYTES * PAGE_BYTES + 3);

    assertThat(RowBytes.differOnly(before, both)).isFalse();
    assertThat(RowBytes.differOnly(before, Arrays.copyOf(before, before.length - 1))).isFalse();
    assertThat(RowBytes.differOnly(before, before)).isFalse();
  }

  @Test
  void aPageOfSqliteIsOneOfRowsOnlyIfItStaysOne() throws IOException {
    byte[] before = Files.readAllBytes(store("sqlite").resolve("grants.db"));
    int page = indexOf(before, "note 0 of 111") / PAGE_BYTES * PAGE_BYTES;
    byte[] other = before.clone();
    System.arraycopy(
        before,
        indexOf(before, "note 0 of 555") / PAGE_BYTES * PAGE_BYTES,
        other,
        page,
        PAGE_BYTES);
    byte[] zeros = before.clone();
    Arrays.fill(zeros, page, page + PAGE_BYTES, (byte) 0);

    assertThat(RowBytes.differOnlyInPagesOfSqlite(before, other)).isTrue();
    assertThat(RowBytes.differOnlyInPagesOfSqlite(before, zeros)).isFalse();
    assertThat(RowBytes.differOnlyInPagesOfSqlite(before, flipped(other, 50))).isFalse();
    byte[] foreign = Files.readAllBytes(folder.resolve("store").resolve("LOCK"));
    assertThat(RowBytes.differOnlyInPagesOfSqlite(foreign, new byte[foreign.length])).isFalse();
  }

  @Test
  void noByteOfAFileWithChecksumsIsExcused() throws IOException {
    try (Stream<Path> files = Files.walk(store("mvstore"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] before = Files.readAllBytes(file);
        for (int at = 0; at < before.length; at += 101) {
          assertThat(RowBytes.differOnly(before, flipped(before, at)))
              .as("byte %d of %s", at, file)
              .isFalse();
        }
      }
    }
  }

  private Path store(String engine) throws IOException {
    Path store = folder.resolve("store");
    Script script = new Script(0);
    try (GrantStore writer = Judge.open(engine, store, OpenMode.CREATE)) {
      for (int step = 0; step < Script.CYCLE_STEPS; step++) {
        script.run(writer, step, () -> {});
      }
    }
    return store;
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] other = bytes.clone();
    other[at] ^= 0x10;
    return other;
  }

  private static int indexOf(byte[] bytes, String text) {
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    assertThat(at).as(text).isNotNegative();
    return at;
  }
}
