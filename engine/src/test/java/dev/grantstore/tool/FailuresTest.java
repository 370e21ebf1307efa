package dev.grantstore.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FailuresTest {
  @ParameterizedTest
  @CsvSource({
    "CORRUPTION, 4",
    "DATA_LOSS, 4",
    "SYNC_UNKNOWN, 4",
    "STORE_MISSING, 2",
    "NOT_A_STORE, 2",
    "STORE_EXISTS, 2",
    "VERSION_TOO_NEW, 2",
    "UNSUPPORTED, 2",
    "NO_SPACE, 1",
    "LOCKED, 1",
    "NOT_WRITABLE, 1",
    "IO, 1",
    "TIMEOUT, 1",
  })
  void whatAStoreSaysHasOneCodeInEveryTool(Reason reason, int code) {
    assertThat(Failures.code(new GrantStoreException(reason, "x"))).isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonHasACode(Reason reason) {
    assertThat(Failures.code(new GrantStoreException(reason, "x"))).isBetween(1, 4);
  }

  @Test
  void anEngineWhoseLibraryIsMissingIsTheMachines() {
    Throwable missing = new NoClassDefFoundError("org/rocksdb/RocksDB");
    assertThat(Failures.code(new GrantStoreException(Reason.UNSUPPORTED, "x", missing)))
        .isEqualTo(1);
  }

  @Test
  void argumentsThatWeRefuseAreTheUsersAndThoseThatALibraryRefusesAreOurs() {
    assertThat(Failures.code(new IllegalArgumentException("x"))).isEqualTo(2);
    assertThat(Failures.code(libraryRefuses())).isEqualTo(1);
    assertThat(Failures.line(libraryRefuses())).isEmpty();
  }

  @Test
  void whatNobodyExpectedHasNoWords() {
    assertThat(Failures.line(new NullPointerException("Cannot invoke \"String.length()\"")))
        .isEmpty();
    assertThat(Failures.line(new ClassCastException("class a.B cannot be cast"))).isEmpty();
    assertThat(Failures.line(new IllegalStateException())).isEmpty();
    assertThat(Failures.line(new StackOverflowError())).isEmpty();
  }

  @Test
  void outOfMemoryComesWithAdviceHoweverItIsWrapped() {
    Throwable wrapped = new IllegalStateException("thread failed", new OutOfMemoryError("heap"));

    assertThat(Failures.line(wrapped).orElseThrow())
        .contains("out of memory", "GRANTSTORE_JAVA_OPTS=-Xmx");
  }

  @Test
  void filesAreNamedWithWhatIsWrong() {
    assertThat(Failures.line(new NoSuchFileException("/a"))).contains("file does not exist: /a");
    assertThat(Failures.line(new AccessDeniedException("/a"))).contains("permission denied: /a");
    assertThat(Failures.line(new UncheckedIOException("no folder", new IOException("full"))))
        .contains("no folder: input or output failed: full");
    assertThat(Failures.line(new UncheckedIOException(new NoSuchFileException("/a"))))
        .contains("file does not exist: /a");
  }

  @Test
  void aLineIsOneLineAndMovesNoCursor() {
    assertThat(Failures.line("cannot open: a\r\n b \u001b[2J\u0007"))
        .isEqualTo("cannot open: a b \\u001b[2J\\u0007");
    assertThat(Failures.line("x".repeat(40_000))).hasSizeLessThan(1_100);
  }

  @Test
  void classesThatFailedAreNotNamed() {
    Throwable missing = new NoClassDefFoundError("org/rocksdb/RocksDB");
    Throwable read = new IOException("java.util.zip.ZipException: not in GZIP format", missing);

    assertThat(Failures.line(new GrantStoreException(Reason.IO, "cannot read: " + read, read)))
        .contains("cannot read: not in GZIP format");
    assertThat(
            Failures.line(
                new GrantStoreException(
                    Reason.UNSUPPORTED, "engine: " + missing.getMessage(), missing)))
        .contains("engine:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev/Grants.csv",
        "org/rocksdb/Grants.csv",
        "com.acme.Admin",
        "java.lang.String",
        "io/Users",
        "/home/com/org/Documents/io.rocks.Db/x"
      })
  void whatAUserNamedLikeAClassIsNotTakenAway(String name) {
    assertThat(Failures.line("column is unknown: " + name)).endsWith(name);
    assertThat(Failures.line(new NoSuchFileException(name)))
        .contains("file does not exist: " + name);
    assertThat(Failures.line(new GrantStoreException(Reason.NOT_A_STORE, "no store: " + name)))
        .contains("no store: " + name);
    IOException file = new NoSuchFileException(name);
    assertThat(
            Failures.line(
                new GrantStoreException(Reason.IO, "no store: " + file.getMessage(), file)))
        .contains("no store: " + name);
    assertThat(Failures.line(new IOException("not JSON: '" + name + "'")))
        .contains("input or output failed: not JSON: '" + name + "'");
  }

  @Test
  void whatToReportIsPutIntoAFile() throws IOException {
    Path file =
        Failures.save("a-tool", List.of("run", "--fast"), new NullPointerException("deep"))
            .orElseThrow();
    try {
      assertThat(file)
          .content()
          .contains("a-tool ", "java ", "rocksdb: ", "[run, --fast]", "deep", "\tat ");
    } finally {
      java.nio.file.Files.delete(file);
    }
  }

  /** Such as a parser of numbers does. */
  private static RuntimeException libraryRefuses() {
    try {
      Long.parseLong("x");
      throw new AssertionError("parsed");
    } catch (NumberFormatException e) {
      return e;
    }
  }
}
