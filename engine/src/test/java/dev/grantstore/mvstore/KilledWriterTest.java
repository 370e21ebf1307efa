package dev.grantstore.mvstore;

import static dev.grantstore.mvstore.Samples.SYNC;
import static dev.grantstore.mvstore.Samples.everything;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Durability;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.keyvalue.Await;
import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.keyvalue.ChildJvm;
import dev.grantstore.keyvalue.DurableMark;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A writer that is killed: what it was promised is there, and what is there is a prefix. */
final class KilledWriterTest {
  private static final int BATCH_ROWS = 30;
  private static final int ACKNOWLEDGED = Boolean.getBoolean("tests.deep") ? 150 : 50;
  private static final int MOST_BATCHES = 2_000;
  private static final int CUT_WRITES = 20;
  private static final String FILE = "db/grants.mv";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Durability.class)
  void aKilledWriterLosesNothingItWasPromised(Durability durability) throws Exception {
    Path store = folder.resolve("store");
    int acknowledged = writeUntilKilled(store, durability);

    try (GrantStore reopened = Samples.open(store, options(durability));
        GrantStore model = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE))) {
      if (durability == Durability.BULK && reopened.syncs().isEmpty()) {
        // Nothing was promised, and nothing is there.
        reopened.startSync(SYNC, "full", Samples.NOW);
      }
      int found = 0;
      model.startSync(SYNC, "full", Samples.NOW);
      List<?> wanted = everything(reopened);
      List<?> there = everything(model);
      while (!there.equals(wanted)) {
        assertThat(found).as("batches found").isLessThanOrEqualTo(acknowledged);
        Child.write(model, found);
        found++;
        List<?> next = everything(model);
        assertThat(next.equals(there)).as("batch %d changes nothing", found - 1).isFalse();
        there = next;
      }
      assertThat(found).isGreaterThanOrEqualTo(durability == Durability.BULK ? 0 : acknowledged);
      ContentDigest expected = digest(model);
      assertThat(reopened.seal(SYNC, Samples.NOW).digest()).contains(expected);
    }
  }

  /** A process that dies between the chunk of a write and the header that leads to it. */
  @Test
  void aWriteThatIsNotFoundAtFirstIsNeverFound() throws IOException {
    Path store = folder.resolve("store");
    Path killed = folder.resolve("killed");
    int lost = 0;
    try (GrantStore writing = Samples.open(store, options(Durability.WAL))) {
      Samples.fill(writing, BATCH_ROWS);
      for (int write = 0; write < CUT_WRITES; write++) {
        String sync = "cut-" + write;
        writing.startSync(sync, "full", Samples.NOW);
        Child.write(writing, write);
        copy(store, killed);
        writing.seal(sync, Samples.NOW);
        cutBeforeHeader(store.resolve(FILE), killed.resolve(FILE));

        List<SyncRun> first = syncs(killed, OpenMode.READ_ONLY);
        lost += first.equals(writing.syncs()) ? 0 : 1;
        assertThat(syncs(killed, OpenMode.OPEN)).as("write %d", write).isEqualTo(first);
        assertThat(syncs(killed, OpenMode.OPEN)).as("write %d, again", write).isEqualTo(first);
        assertThat(scanned(killed)).as("write %d, whole file", write).isEqualTo(first);
        FolderTree.delete(killed);
      }
    }
    assertThat(lost).isPositive();
  }

  private static List<SyncRun> syncs(Path store, OpenMode mode) {
    try (GrantStore opened = Samples.open(store, mode)) {
      return opened.syncs();
    }
  }

  /** What an opening finds that looks at the whole file, as one does if a chunk is not there. */
  private static List<SyncRun> scanned(Path store) throws IOException {
    StoreOptions options = StoreOptions.of(OpenMode.READ_ONLY);
    MvDatabase database =
        new MvDatabase(
            MvFile.open(store.resolve(FILE), options, MvOption.valuesOf(options), 0, true),
            DurableMark.of(store, 1),
            new UUID(0, 0));
    try {
      return CatalogRows.read(database).rows().values().stream().map(SyncRow::run).toList();
    } finally {
      database.close();
    }
  }

  private static void copy(Path store, Path to) throws IOException {
    Files.createDirectories(to.resolve(FILE).getParent());
    for (String name : List.of("FORMAT", "LOCK", "WATERMARK", "WATERMARK.base", FILE)) {
      if (Files.exists(store.resolve(name))) {
        Files.copy(store.resolve(name), to.resolve(name));
      }
    }
  }

  /** Gives the file before a write what the write changed, but for the header and the cut after. */
  private static void cutBeforeHeader(Path after, Path before) throws IOException {
    byte[] written = Files.readAllBytes(after);
    int header = BlockFile.HEADER_BLOCKS * (BlockFile.BLOCK_BYTES + Integer.BYTES);
    try (RandomAccessFile file = new RandomAccessFile(before.toFile(), "rw")) {
      file.seek(header);
      file.write(written, header, written.length - header);
    }
  }

  private int writeUntilKilled(Path store, Durability durability) throws Exception {
    try (ChildJvm child =
        ChildJvm.start(folder, List.of(), Child.class, store.toString(), durability.name())) {
      Await.until(
          "acknowledged batches",
          ChildJvm.TIMEOUT,
          () -> {
            assertThat(child.isAlive()).as(child.output()).isTrue();
            return acknowledged(child) >= ACKNOWLEDGED;
          });
      child.kill();
      return acknowledged(child);
    }
  }

  private static int acknowledged(ChildJvm child) throws IOException {
    // Beside these lines there may be what the JVM itself says.
    return (int) child.lines().stream().filter("ack"::equals).count();
  }

  private static StoreOptions options(Durability durability) {
    return StoreOptions.of(OpenMode.OPEN_OR_CREATE)
        .withDurability(durability)
        .withEngineOption("keysPerPage", "8");
  }

  private static ContentDigest digest(GrantStore store) {
    DigestAccumulator sum = new DigestAccumulator();
    Samples.list(store, new dev.grantstore.GrantQuery.Scan(SYNC)).forEach(sum::add);
    return sum.digest();
  }

  /** Writes and waits to be killed; says after each batch that it was acknowledged. */
  static final class Child {
    private Child() {}

    /** Arguments: folder, durability. */
    public static void main(String[] arguments) throws InterruptedException {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      StoreOptions options = options(Durability.valueOf(arguments[1]));
      try (GrantStore store = Samples.open(Path.of(arguments[0]), options)) {
        store.startSync(SYNC, "full", Samples.NOW);
        for (int batch = 0; batch < MOST_BATCHES; batch++) {
          write(store, batch);
          out.print("ack\n");
        }
        // A parent that is slow to kill is not to check ever more.
        new CountDownLatch(1).await();
      }
    }

    /**
     * Puts a batch that overlaps the one before, or takes grants away. Each changes what is there,
     * so that the number of batches can be told from it.
     */
    static void write(GrantStore store, int batch) {
      if (batch % 5 == 4) {
        store.deleteAll(SYNC, List.of("g" + batch, "g" + batch * 7, "g" + batch * 13));
      } else {
        store.putAll(SYNC, Samples.grants(batch * 17, BATCH_ROWS));
      }
    }
  }
}
