package dev.grantstore.microtests.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/**
 * Risk 4: a sync that is loaded again replaces a range of keys by files. Readers must see all of
 * the old or all of the new, also after a crash in between. RocksDB can do it in one step (excise,
 * files for several column families at once), rocksdbjni cannot; what the engine does instead, rows
 * under a new number and one write that points to it, must.
 */
final class IngestRiskTest {
  private static final Map<String, String> OLD = Map.of("1/a", "old", "1/b", "old", "1/c", "old");
  private static final Map<String, String> NEW = Map.of("1/b", "new", "1/d", "new");

  @TempDir Path folder;

  @BeforeEach
  void fill() throws RocksDBException {
    try (PlainDatabase database = PlainDatabase.open(folder.resolve("db"))) {
      for (Map.Entry<String, String> row : OLD.entrySet()) {
        database.put(row.getKey(), row.getValue());
      }
      database.putMeta("sync", "1");
    }
  }

  /** When one of these comes, the engine's bulk load can lose a step. */
  @Test
  void rocksdbjniHasNeitherExciseNorFilesForSeveralFamilies() {
    List<String> options = names(IngestExternalFileOptions.class.getMethods());
    List<String> calls = names(RocksDB.class.getMethods());

    assertThat(options).contains("setMoveFiles").noneMatch(name -> name.contains("xcise"));
    assertThat(calls).contains("ingestExternalFile").doesNotContain("ingestExternalFiles");
  }

  @Test
  void deletingTheRangeAndIngestingLeavesAMomentWithNeither() throws RocksDBException {
    Path file = sst(NEW);
    try (PlainDatabase database = open()) {
      database.deleteRange("1/", "10");
      Map<String, String> between = database.rows();
      database.ingest(file);

      assertThat(between).isEmpty();
      assertThat(database.rows()).isEqualTo(NEW);
    }
  }

  @Test
  void ingestingAloneLeavesOldRowsAmongTheNew() throws RocksDBException {
    Path file = sst(NEW);
    try (PlainDatabase database = open()) {
      database.ingest(file);

      assertThat(database.rows())
          .hasSize(4)
          .containsEntry("1/a", "old")
          .containsEntry("1/b", "new");
    }
  }

  /** One file is one step, but for one family only, and it must name every old key. */
  @Test
  void oneFileWithDeletionsReplacesARangeOfOneFamilyAtOnce() throws RocksDBException {
    Map<String, String> rows = new TreeMap<>(NEW);
    rows.put("1/a", "");
    rows.put("1/c", "");
    Path file = sst(rows);
    try (PlainDatabase database = open()) {
      database.ingest(file);

      assertThat(database.rows()).isEqualTo(NEW);
    }
  }

  @Test
  void snapshotsAndCursorsGoOnWithTheOldRows() throws RocksDBException {
    Path file = sst(NEW);
    try (PlainDatabase database = open();
        ReadOptions options = new ReadOptions();
        RocksIterator open = database.iterator(options)) {
      open.seekToFirst();
      Snapshot snapshot = database.snapshot();
      try {
        database.deleteRange("1/", "10");
        database.ingest(file);
        database.flush();
        database.compact();

        assertThat(PlainDatabase.rest(open)).isEqualTo(OLD);
        assertThat(database.rows(snapshot)).isEqualTo(OLD);
        assertThat(database.rows()).isEqualTo(NEW);
      } finally {
        database.release(snapshot);
      }
    }
  }

  /** The engine's way: nothing that is visible changes before the one write that points to it. */
  @Test
  void rowsUnderANewNumberAreAllSeenOrNoneAtEveryStepAndAfterACrashThere()
      throws RocksDBException, IOException {
    Path file = sst(Map.of("2/b", "new", "2/d", "new"));
    try (PlainDatabase database = open()) {
      assertSeen(database, "begin", OLD);
      database.ingest(file);
      assertSeen(database, "ingested", OLD);
      database.switchMeta("sync", "2", "1/", "10");
      assertSeen(database, "switched", Map.of("2/b", "new", "2/d", "new"));
    }
  }

  /** Now, and in what a process killed now would leave. */
  private void assertSeen(PlainDatabase database, String step, Map<String, String> rows)
      throws RocksDBException, IOException {
    assertThat(visible(database)).as(step).isEqualTo(rows);
    Path image = Files.createDirectory(folder.resolve("image after " + step));
    try (Stream<Path> files = Files.list(folder.resolve("db"))) {
      for (Path file : files.filter(file -> !file.endsWith("LOCK")).toList()) {
        Files.copy(file, image.resolve(file.getFileName().toString()));
      }
    }
    try (PlainDatabase crashed = PlainDatabase.open(image)) {
      assertThat(visible(crashed)).as("crash after " + step).isEqualTo(rows);
    }
  }

  private static Map<String, String> visible(PlainDatabase database) throws RocksDBException {
    String prefix = database.meta("sync") + "/";
    Map<String, String> visible = new TreeMap<>(database.rows());
    visible.keySet().removeIf(key -> !key.startsWith(prefix));
    return visible;
  }

  private PlainDatabase open() throws RocksDBException {
    return PlainDatabase.open(folder.resolve("db"));
  }

  private Path sst(Map<String, String> rows) throws RocksDBException {
    Path file = folder.resolve("rows.sst");
    PlainDatabase.writeSst(file, rows);
    return file;
  }

  private static List<String> names(Method[] methods) {
    return Arrays.stream(methods).map(Method::getName).toList();
  }
}
