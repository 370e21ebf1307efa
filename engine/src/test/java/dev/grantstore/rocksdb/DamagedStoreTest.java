package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.grantstore.CorruptionException;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.folder.FolderTree;
import dev.grantstore.layout.FormatVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files are refused or met as errors; they are never fewer rows. */
final class DamagedStoreTest {
  private static final String SYNC = Misuse.SEALED;
  private static final int ROWS = 1_500;

  /** Values of the option "packed". */
  private static final String ROWS_ONLY = "0";

  private static final String PAGES = "1";
  private static final int FLIPS =
      Integer.getInteger("tests.crash", Boolean.getBoolean("tests.deep") ? 4 : 2) * 2;

  @TempDir Path folder;

  private Path store;

  /** What can happen to a file. */
  private enum Harm {
    DELETED,
    EMPTIED,
    CUT_IN_HALF,
    CUT_BY_ONE,
    FLIPPED_AT_ONE_TENTH,
    FLIPPED_IN_THE_MIDDLE,
    FLIPPED_AT_THE_END;

    void happenTo(Path file) throws IOException {
      long size = Files.size(file);
      switch (this) {
        case DELETED -> Files.delete(file);
        case EMPTIED -> Damage.truncate(file, 0);
        case CUT_IN_HALF -> Damage.truncate(file, size / 2);
        case CUT_BY_ONE -> Damage.truncate(file, size - 1);
        case FLIPPED_AT_ONE_TENTH -> Damage.flip(file, size / 10);
        case FLIPPED_IN_THE_MIDDLE -> Damage.flip(file, size / 2);
        case FLIPPED_AT_THE_END -> Damage.flip(file, size - 1);
      }
    }
  }

  @BeforeEach
  void path() {
    store = folder.resolve("store");
  }

  @ParameterizedTest
  @EnumSource
  void aLogThatIsDamagedAfterAClosingIsNoticed(Harm harm) throws IOException {
    rowsInTheLog().close();
    harm.happenTo(log());

    assertRefused(Reason.DATA_LOSS);
    assertRefused(Reason.DATA_LOSS);
  }

  @ParameterizedTest
  @EnumSource
  void aLogThatIsDamagedAfterASealIsNoticed(Harm harm) throws IOException {
    Path image = folder.resolve("image");
    // Pages that come after the seal may be lost: the rows are there still.
    try (GrantStore open = rowsInTheLog(ROWS_ONLY)) {
      open.seal(SYNC, SampleGrants.ENDED);
      copyWithoutLocks(store, image);
    }
    store = image;
    harm.happenTo(log());

    assertRefused(Reason.DATA_LOSS);
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedManifestIsRefusedAndNothingIsDeleted(Harm harm) throws IOException {
    rowsInFiles().close();
    List<Path> files = Damage.databaseFiles(store, ".sst");
    assertThat(files).isNotEmpty();
    harm.happenTo(Damage.databaseFiles(store, "MANIFEST").get(0));

    assertRefused(
        switch (harm) {
          case DELETED, EMPTIED, CUT_IN_HALF, CUT_BY_ONE -> Reason.DATA_LOSS;
          case FLIPPED_AT_ONE_TENTH, FLIPPED_IN_THE_MIDDLE, FLIPPED_AT_THE_END -> Reason.CORRUPTION;
        });
    assertThat(Damage.databaseFiles(store, ".sst")).isEqualTo(files);
  }

  /** After a flush, when all writes were durable, files were still written and merged. */
  @Test
  void aManifestCutBackToTheLastFlushIsRefusedAndNothingIsDeleted() throws IOException {
    GrantStore open = rowsInTheLog();
    open.flush();
    Path manifest = Damage.databaseFiles(store, "MANIFEST").get(0);
    long sizeAtFlush = Files.size(manifest);
    open.settle(Duration.ofMinutes(5));
    open.close();
    List<Path> files = Damage.databaseFiles(store, ".sst");
    assertThat(Files.size(manifest)).isGreaterThan(sizeAtFlush);
    Damage.truncate(manifest, sizeAtFlush);

    assertRefused(Reason.DATA_LOSS);
    assertThat(Damage.databaseFiles(store, ".sst")).isEqualTo(files);
  }

  /** F16. */
  @ParameterizedTest
  @EnumSource(names = {"DELETED", "EMPTIED", "CUT_IN_HALF", "FLIPPED_IN_THE_MIDDLE"})
  void aDamagedCurrentIsRefusedAndNothingIsDeleted(Harm harm) throws IOException {
    rowsInFiles().close();
    List<Path> files = Damage.databaseFiles(store, "");
    harm.happenTo(store.resolve("db").resolve("CURRENT"));

    GrantStoreException refusal = refusal();

    assertThat(refusal.reason())
        .isEqualTo(
            harm == Harm.DELETED || harm == Harm.EMPTIED ? Reason.DATA_LOSS : Reason.CORRUPTION);
    assertThat(Damage.databaseFiles(store, ""))
        .containsAll(files.stream().filter(f -> f.toString().endsWith(".sst")).toList());
  }

  @ParameterizedTest
  @EnumSource(names = {"DELETED", "EMPTIED", "CUT_IN_HALF", "FLIPPED_AT_THE_END"})
  void aDamagedWatermarkIsRefused(Harm harm) throws IOException {
    rowsInFiles().close();
    harm.happenTo(store.resolve("WATERMARK"));
    if (harm == Harm.FLIPPED_AT_THE_END) {
      Files.write(store.resolve("WATERMARK"), new byte[] {(byte) 0xff, (byte) 0xfe});
    }

    assertRefused(Reason.DATA_LOSS);
  }

  @ParameterizedTest
  @EnumSource(names = {"DELETED", "EMPTIED", "CUT_IN_HALF", "FLIPPED_AT_ONE_TENTH"})
  void aDamagedFormatIsRefused(Harm harm) throws IOException {
    rowsInFiles().close();
    harm.happenTo(store.resolve("FORMAT"));
    if (harm == Harm.FLIPPED_AT_ONE_TENTH) {
      Files.write(store.resolve("FORMAT"), new byte[] {(byte) 0xff, (byte) 0xfe});
    }

    assertRefused(Reason.NOT_A_STORE);
  }

  @ParameterizedTest
  @EnumSource
  void aNewerFormatIsRefusedWithBothVersions(OpenMode mode) throws IOException {
    rowsInFiles().close();
    Path format = store.resolve("FORMAT");
    // Without a checksum: who knows how a newer one is written.
    Files.writeString(format, "grantstore rocksdb\nformat 99\nmore\n");
    List<String> before = contents(store);

    GrantStoreException refusal = refusal(mode);

    assertThat(refusal.reason()).isEqualTo(Reason.VERSION_TOO_NEW);
    assertThat(refusal)
        .hasMessageContaining("written=99")
        .hasMessageContaining("supported=" + FormatVersion.CURRENT);
    assertThat(contents(store)).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void aForeignFolderIsRefusedAndNotTouched(OpenMode mode) throws IOException {
    Files.createDirectory(store);
    Files.writeString(store.resolve("LOCK"), "of somebody else");
    Files.writeString(store.resolve("CURRENT"), "MANIFEST-000001\n");
    List<String> before = contents(store);

    assertThat(refusal(mode).reason()).isEqualTo(Reason.NOT_A_STORE);
    assertThat(contents(store)).isEqualTo(before);
  }

  @Test
  void whatAKilledCreationLeftCanBecomeAStore() throws IOException {
    Files.createDirectory(store);
    Files.createFile(store.resolve("LOCK"));
    Files.writeString(store.resolve("FORMAT.next"), "grantst", StandardCharsets.UTF_8);

    try (GrantStore created = Misuse.open(store, OpenMode.CREATE)) {
      assertThat(created.syncs()).isEmpty();
    }
  }

  @Test
  void aStoreThatWasNeverFinishedAndDoesNotOpenIsLeftAsItWas() throws IOException {
    Files.createDirectories(store.resolve("db"));
    Files.writeString(
        store.resolve("FORMAT"), "grantstore rocksdb\nformat 1\nstate creating\nid -\n");
    // RocksDB does not open: there is no such manifest.
    Files.writeString(store.resolve("db").resolve("CURRENT"), "MANIFEST-000009\n");

    assertThat(refusal(OpenMode.OPEN_OR_CREATE).reason()).isIn(Reason.IO, Reason.CORRUPTION);
    assertThat(Files.exists(store.resolve("FORMAT"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aFlippedByteInAFileIsNeverAWrongRow(int table) throws IOException {
    rowsInFiles().close();
    Path file = Damage.databaseFiles(store, ".sst").stream().sorted().toList().get(table);
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(table);
    int noticed = 0;
    for (int flip = 0; flip < FLIPS; flip++) {
      int position = random.nextInt(whole.length);
      Path image = folder.resolve("image-" + flip);
      copyWithoutLocks(store, image);
      Damage.flip(image.resolve("db").resolve(file.getFileName()), position);
      try {
        noticed += readEverything(image) ? 1 : 0;
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            String.format(Locale.ROOT, "file=%s position=%d", file, position), e);
      }
      FolderTree.delete(image);
    }
    assertThat(noticed).as("damages noticed of %d", FLIPS).isGreaterThan(FLIPS / 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {ROWS_ONLY, PAGES})
  void aDamagedBlockIsMetByEachKindOfRead(String packed) throws IOException {
    rowsInFiles(packed).close();
    Damage.flipAllGrantBlocks(store);
    Grant first = SampleGrants.grant(0, 0);
    try (GrantStore damaged = Misuse.open(store, OpenMode.OPEN)) {
      assertCorrupt(() -> damaged.get(SYNC, first.id()));
      assertCorrupt(() -> damaged.getAll(SYNC, List.of("absent", first.id())));
      assertCorrupt(() -> Misuse.scan(damaged).next());
      assertCorrupt(
          () ->
              damaged.page(
                  new GrantQuery.NeedingExpansion(SYNC), 10, dev.grantstore.PageToken.START));
      assertCorrupt(
          () -> damaged.holds(SYNC, SampleGrants.principal(0), SampleGrants.entitlement(0)));
    }
  }

  /** Whether damage was noticed; every read that gives an answer gives the right one. */
  private static boolean readEverything(Path image) {
    boolean noticed = false;
    try (GrantStore damaged = Misuse.open(image, OpenMode.OPEN)) {
      List<GrantQuery> queries = new ArrayList<>();
      queries.add(new GrantQuery.Scan(SYNC));
      queries.add(new GrantQuery.NeedingExpansion(SYNC));
      for (int i = 0; i < 21; i++) {
        queries.add(new GrantQuery.ByPrincipal(SYNC, SampleGrants.principal(i)));
        queries.add(new GrantQuery.ByEntitlement(SYNC, SampleGrants.entitlement(i)));
      }
      for (GrantQuery query : queries) {
        noticed |= listIsDamaged(damaged, query);
      }
      for (int i = 0; i < ROWS; i += 7) {
        Grant expected = SampleGrants.grant(i, 0);
        noticed |= isDamaged(() -> checkGet(damaged, expected));
      }
      return noticed;
    } catch (GrantStoreException e) {
      assertThat(e.reason()).isIn(Reason.CORRUPTION, Reason.DATA_LOSS, Reason.IO);
      return true;
    }
  }

  private static boolean listIsDamaged(GrantStore damaged, GrantQuery query) {
    List<String> expected =
        SampleGrants.grants(0, ROWS).stream()
            .filter(g -> answers(g, query))
            .map(Grant::id)
            .toList();
    List<String> found = new ArrayList<>();
    boolean noticed =
        isDamaged(
            () -> {
              try (GrantCursor rows = damaged.cursor(query)) {
                while (rows.next()) {
                  assertThat(rows.grant()).isEqualTo(SampleGrants.grant(number(rows.grant()), 0));
                  found.add(rows.grant().id());
                }
              }
            });
    if (noticed) {
      assertThat(expected).containsAll(found);
    } else {
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }
    return noticed;
  }

  private static boolean answers(Grant grant, GrantQuery query) {
    if (query instanceof GrantQuery.ByPrincipal by) {
      return grant.principal().equals(by.principal());
    }
    if (query instanceof GrantQuery.ByEntitlement by) {
      return grant.entitlement().equals(by.entitlement());
    }
    return query instanceof GrantQuery.Scan || grant.needsExpansion();
  }

  private static void checkGet(GrantStore damaged, Grant expected) {
    assertThat(damaged.get(SYNC, expected.id())).hasValue(expected);
    assertThat(damaged.holds(SYNC, expected.principal(), expected.entitlement())).isTrue();
  }

  private static boolean isDamaged(Runnable read) {
    try {
      read.run();
      return false;
    } catch (CorruptionException e) {
      return true;
    }
  }

  private static void assertCorrupt(Runnable read) {
    assertThat(catchThrowableOfType(GrantStoreException.class, read::run))
        .isInstanceOf(CorruptionException.class);
  }

  private static int number(Grant grant) {
    return Integer.parseInt(grant.id().substring("grant-".length()));
  }

  private void assertRefused(Reason reason) {
    assertThat(refusal().reason()).isEqualTo(reason);
  }

  private GrantStoreException refusal() {
    return refusal(OpenMode.OPEN);
  }

  private GrantStoreException refusal(OpenMode mode) {
    return catchThrowableOfType(GrantStoreException.class, () -> Misuse.open(store, mode).close());
  }

  private GrantStore rowsInTheLog() {
    return rowsInTheLog(PAGES);
  }

  private GrantStore rowsInTheLog(String packed) {
    GrantStore open =
        GrantStores.open(
            "rocksdb:" + store, Misuse.options(OpenMode.CREATE).withEngineOption("packed", packed));
    open.startSync(SYNC, "full", SampleGrants.STARTED);
    open.putAll(SYNC, SampleGrants.grants(0, ROWS));
    return open;
  }

  private GrantStore rowsInFiles() {
    return rowsInFiles(PAGES);
  }

  private GrantStore rowsInFiles(String packed) {
    GrantStore open = rowsInTheLog(packed);
    open.seal(SYNC, SampleGrants.ENDED);
    open.settle(Duration.ofMinutes(5));
    return open;
  }

  private Path log() throws IOException {
    List<Path> logs = Damage.databaseFiles(store, ".log");
    return logs.get(logs.size() - 1);
  }

  private static List<String> contents(Path folder) throws IOException {
    List<String> contents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        contents.add(file + " " + java.util.Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  /** Without reading the locks: whoever closes such a file gives up the lock of its process. */
  private static void copyWithoutLocks(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(f -> !f.endsWith("LOCK")).toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}
