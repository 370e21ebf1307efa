package dev.grantstore.microtests.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/**
 * Risk 3: a checkpoint is how a store is saved while it is in use. It must open alone, be the
 * source at one moment, what is in the log then included, cost no copy of what is in files, and
 * neither hinder nor depend on the source.
 */
final class CheckpointRiskTest {
  @TempDir Path folder;

  @Test
  void itOpensAloneAndHasWhatIsInTheLogOnly() throws RocksDBException {
    try (PlainDatabase source = PlainDatabase.open(folder.resolve("source"))) {
      source.put("in files", "1");
      source.flush();
      source.put("in the log only", "2");
      source.checkpoint(folder.resolve("copy"));
      source.put("later", "3");
    }

    assertThat(rowsOf("copy")).isEqualTo(Map.of("in files", "1", "in the log only", "2"));
  }

  @Test
  void itSharesFilesByHardLink() throws RocksDBException, IOException {
    try (PlainDatabase source = PlainDatabase.open(folder.resolve("source"))) {
      fill(source, "row ", 1_000);
      source.flush();
      source.checkpoint(folder.resolve("copy"));
    }

    List<Path> tables = tables("copy");
    assertThat(tables).isNotEmpty();
    for (Path table : tables) {
      Path other = folder.resolve("source").resolve(table.getFileName().toString());
      assertThat(Files.readAttributes(table, "unix:ino"))
          .isEqualTo(Files.readAttributes(other, "unix:ino"));
    }
  }

  @Test
  void itSurvivesTheSourcesDeletion() throws RocksDBException, IOException {
    Map<String, String> before;
    try (PlainDatabase source = PlainDatabase.open(folder.resolve("source"))) {
      fill(source, "row ", 1_000);
      before = source.rows();
      source.checkpoint(folder.resolve("copy"));
    }
    delete(folder.resolve("source"));

    assertThat(rowsOf("copy")).isEqualTo(before).hasSize(1_000);
  }

  @Test
  void compactionsOfTheSourceLeaveItAsItIs() throws RocksDBException {
    Map<String, String> before;
    try (PlainDatabase source = PlainDatabase.open(folder.resolve("source"))) {
      fill(source, "row ", 1_000);
      before = source.rows();
      source.checkpoint(folder.resolve("copy"));
      source.deleteRange("row ", "row!");
      source.flush();
      source.compact();
      assertThat(source.rows()).isEmpty();
    }

    assertThat(rowsOf("copy")).isEqualTo(before).hasSize(1_000);
  }

  /** Row n is written after row n-1: a moment of the source has no gap. */
  @Test
  void writingGoesOnMeanwhileAndItIsOneMomentOfIt() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicInteger written = new AtomicInteger();
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (PlainDatabase source = PlainDatabase.open(folder.resolve("source"))) {
      Thread writer =
          new Thread(
              () -> {
                try {
                  while (!isOver.get()) {
                    int next = written.get();
                    source.put(String.format(Locale.ROOT, "row %07d", next), "value");
                    written.set(next + 1);
                  }
                } catch (RocksDBException e) {
                  failure.set(e);
                }
              });
      writer.start();
      try {
        for (int i = 0; i < 5; i++) {
          int atLeast = waitForMore(written, failure);
          source.checkpoint(folder.resolve("copy-" + i));
          int atMost = written.get() + 1;
          Map<String, String> copy = rowsOf("copy-" + i);

          assertThat(copy.size()).isBetween(atLeast, atMost);
          assertThat(copy).containsKey(String.format(Locale.ROOT, "row %07d", copy.size() - 1));
        }
        int before = written.get();
        assertThat(waitForMore(written, failure)).isGreaterThan(before);
      } finally {
        isOver.set(true);
        writer.join();
      }
    }
    assertThat(failure).hasNullValue();
  }

  private static int waitForMore(AtomicInteger written, AtomicReference<Exception> failure) {
    int wanted = written.get() + 500;
    while (written.get() < wanted && failure.get() == null) {
      Thread.onSpinWait();
    }
    return written.get();
  }

  private Map<String, String> rowsOf(String name) throws RocksDBException {
    try (PlainDatabase copy = PlainDatabase.open(folder.resolve(name))) {
      return new TreeMap<>(copy.rows());
    }
  }

  private static void fill(PlainDatabase database, String prefix, int rows)
      throws RocksDBException {
    for (int i = 0; i < rows; i++) {
      database.put(prefix + i, "value " + i);
    }
  }

  private List<Path> tables(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.filter(file -> file.toString().endsWith(".sst")).toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
