package dev.grantstore.container;

import static dev.grantstore.container.Containers.ENDED;
import static dev.grantstore.container.Containers.STARTED;
import static dev.grantstore.container.Containers.answers;
import static dev.grantstore.container.Containers.grants;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.ForwardingGrantReader;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import dev.grantstore.diff.DiffReport;
import dev.grantstore.diff.SyncDiff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container answers as the store that it was saved from, and so does what it is taken into. */
final class SyncFilesTest {
  private static final BulkLoadOptions LOADING = new BulkLoadOptions(1 << 20, 1);
  private static final SaveOptions SAVING = SaveOptions.defaults().withSorting(LOADING);
  private static final List<Grant> GRANTS = grants(11, 160);
  private static final List<Grant> OTHERS = grants(12, 40);
  private static final List<String> SYNCS = List.of("a", "b", "empty");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rocksdb",
        "rocksdb page_bytes=256",
        "rocksdb packed=0",
        "sqlite",
        "lmdb",
        "mvstore",
        "memory"
      })
  void aContainerAnswersAsItsStoreAndSoDoesWhatItIsTakenInto(String engine) {
    Path file = folder.resolve("all.gsync");
    try (GrantStore store = filled(engine)) {
      ContainerManifest saved = SyncFiles.save(store, SYNCS, file, SAVING);

      assertThat(saved.syncs()).extracting(entry -> entry.run()).isEqualTo(store.syncs());
      assertThat(SyncFiles.verify(file)).isEqualTo(saved);
      try (GrantStore container = SyncFiles.open(file, 1 << 20);
          GrantStore target = Containers.store(engine, folder.resolve("target"))) {
        for (String sync : List.of("b", "a", "empty")) {
          SyncRun run = SyncFiles.ingest(file, sync, target, sync, LOADING);
          assertThat(Optional.of(run)).isEqualTo(store.sync(sync));
        }
        for (GrantStore same : List.of(container, target)) {
          assertThat(answers(same, "a", GRANTS)).isEqualTo(answers(store, "a", GRANTS));
          assertThat(answers(same, "b", GRANTS)).isEqualTo(answers(store, "b", GRANTS));
          assertThat(answers(same, "empty", OTHERS)).isEqualTo(answers(store, "empty", OTHERS));
        }
      }
    }
  }

  /** Numbers that syncs have in a container are not those that they had, and pages are several. */
  @ParameterizedTest
  @ValueSource(
      strings = {"rocksdb", "rocksdb packed=0", "sqlite", "lmdb", "mvstore", "gsync", "memory"})
  void syncsAreSavedInAnyOrder(String engine) {
    List<Grant> many = Containers.distinct(3_000);
    Path file = folder.resolve("some.gsync");
    try (GrantStore first =
        Containers.store(engine.equals("gsync") ? "lmdb" : engine, folder.resolve("store"))) {
      for (String sync : List.of("few", "dropped", "many")) {
        try (var load = first.bulkLoad(sync, "full", STARTED, LOADING);
            var part = load.openPart()) {
          (sync.equals("many") ? many : many.subList(0, 3)).forEach(part::add);
          part.close();
          load.commit(ENDED);
        }
      }
      first.drop("dropped");
      Path all = folder.resolve("all.gsync");
      try (@Nullable GrantStore store = engine.equals("gsync") ? saved(first, all) : null) {
        GrantStore from = store == null ? first : store;
        SyncFiles.save(from, List.of("many", "few"), file, SAVING);

        SyncFiles.verify(file);
        try (GrantStore container = SyncFiles.open(file, 1 << 20)) {
          for (String sync : List.of("many", "few")) {
            assertThat(listed(container, sync)).isEqualTo(listed(from, sync));
          }
          List<Grant> some = many.subList(0, 100);
          assertThat(answers(container, "many", some)).isEqualTo(answers(from, "many", some));
        }
      }
    }
  }

  private static GrantStore saved(GrantStore store, Path file) {
    SyncFiles.save(store, List.of("few", "many"), file, SAVING);
    return SyncFiles.open(file, 1 << 20);
  }

  @Test
  void aStoreThatIsNoEnginesOwnIsSortedAnew() {
    Path file = folder.resolve("all.gsync");
    try (GrantStore store = new ForwardingGrantStore(filled("rocksdb"))) {
      SyncFiles.save(store, SYNCS, file, SAVING);

      SyncFiles.verify(file);
      try (GrantStore container = SyncFiles.open(file, 1 << 20)) {
        assertThat(answers(container, "a", GRANTS)).isEqualTo(answers(store, "a", GRANTS));
      }
    }
    assertThat(folder).isDirectoryNotContaining("glob:**.saving-*");
  }

  @Test
  void pagesOfSeveralPartsAreCopied() {
    Path file = folder.resolve("all.gsync");
    List<Grant> many = Containers.distinct(4_300);
    List<Grant> some = many.subList(0, 30);
    try (GrantStore store = Containers.store("rocksdb page_bytes=256", folder.resolve("s"))) {
      try (var load = store.bulkLoad("a", "full", STARTED, new BulkLoadOptions(1 << 20, 3))) {
        try (var part = load.openPart()) {
          many.forEach(part::add);
        }
        load.commit(ENDED);
      }
      SyncFiles.save(store, List.of("a"), file, SAVING);

      SyncFiles.verify(file);
      try (ContainerFile container = ContainerFile.open(file)) {
        assertThat(container.contents().syncs().get(0).row().packed().orElseThrow().parts())
            .startsWith(3, 3, 3, 2);
      }
      try (GrantStore container = SyncFiles.open(file, 0)) {
        assertThat(answers(container, "a", some)).isEqualTo(answers(store, "a", some));
      }
      SyncRun copy = SyncFiles.copy(store, "a", store, "a2", LOADING);
      assertThat(copy.digest()).isEqualTo(store.sync("a").orElseThrow().digest());
      assertThat(listed(store, "a2")).isEqualTo(listed(store, "a"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "rocksdb packed=0", "lmdb", "memory"})
  void aSyncIsCopiedWithinAStoreAndBetweenSyncsOfManyForms(String engine) {
    try (GrantStore store = filled(engine);
        GrantStore packed = Containers.store("rocksdb", folder.resolve("packed"))) {
      SyncRun within = SyncFiles.copy(store, "a", store, "copy", LOADING);
      SyncFiles.copy(store, "a", packed, "a", LOADING);

      assertThat(within.digest()).isEqualTo(store.sync("a").orElseThrow().digest());
      assertThat(listed(store, "copy")).isEqualTo(listed(store, "a"));
      assertThat(answers(packed, "a", GRANTS).values()).containsAll(List.of(listed(store, "a")));
      assertRefused(
          () -> SyncFiles.copy(store, "a", store, "b", LOADING), Reason.SYNC_EXISTS, "exists");
      store.drop("a");
      assertThat(listed(store, "copy")).isEqualTo(listed(packed, "a"));
    }
  }

  @Test
  void anInterruptedCopyOfRowsLeavesNothing() {
    try (GrantStore store = filled("memory")) {
      Thread.currentThread().interrupt();
      assertRefused(
          () -> SyncFiles.copy(store, "a", store, "copy", LOADING),
          Reason.TIMEOUT,
          "copy was interrupted");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(store.sync("copy")).isEmpty();
    }
  }

  @Test
  void aCopyIsThereWhenTheStoreIsOpenedAgain() {
    Path place = folder.resolve("store");
    try (GrantStore store = filled("rocksdb")) {
      SyncFiles.copy(store, "a", store, "copy", LOADING);
    }
    try (GrantStore store = GrantStores.open("rocksdb:" + place, StoreOptions.of(OpenMode.OPEN))) {
      assertThat(listed(store, "copy")).isEqualTo(listed(store, "a")).isNotEmpty();
    }
  }

  @Test
  void everyWriteToAContainerIsRefusedByName() {
    Path file = saved();
    try (GrantStore container = SyncFiles.open(file, 1 << 20)) {
      for (ThrowingCallable write :
          List.<ThrowingCallable>of(
              () -> container.startSync("new", "full", STARTED),
              () -> container.put("a", GRANTS.get(0)),
              () -> container.delete("a", "g"),
              () -> container.seal("a", ENDED),
              () -> container.drop("a"),
              () -> container.bulkLoad("new", "full", STARTED, LOADING),
              container::flush)) {
        assertRefused(write, Reason.READ_ONLY, file.toString());
      }
      container.settle(java.time.Duration.ofSeconds(1));
      assertThat(container.stats().keyspaces()).hasSize(4);
      assertThat(container.stats().fileBytes()).isPositive().isLessThan(saved().toFile().length());
    }
  }

  @Test
  void aContainerIsOpenedByItsAddressForReadingOnly() {
    Path file = saved();
    StoreOptions reading = StoreOptions.of(OpenMode.READ_ONLY);
    try (GrantStore container = GrantStores.open("gsync:" + file, reading)) {
      assertThat(container.syncs()).hasSize(3);
    }
    for (OpenMode mode : List.of(OpenMode.OPEN, OpenMode.CREATE, OpenMode.OPEN_OR_CREATE)) {
      assertRefused(
          () -> GrantStores.open("gsync:" + file, StoreOptions.of(mode)),
          Reason.UNSUPPORTED,
          "READ_ONLY");
    }
    assertThatThrownBy(
            () -> GrantStores.open("gsync:" + file, reading.withEngineOption("packed", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown engine option");
  }

  @Test
  void pageTokensGoWithCopiesOfTheFileAndWithNoOther() throws IOException {
    Path file = saved();
    Path copy = Files.copy(file, folder.resolve("copy.gsync"));
    Path other = folder.resolve("other.gsync");
    GrantQuery query = new GrantQuery.Scan("a");
    try (GrantStore store = Containers.store("memory", folder)) {
      Containers.seal(store, "a", OTHERS);
      SyncFiles.save(store, List.of("a"), other, SAVING);
    }
    try (GrantStore first = SyncFiles.open(file, 0);
        GrantStore second = SyncFiles.open(copy, 0);
        GrantStore third = SyncFiles.open(other, 0)) {
      GrantPage page = first.page(query, 7, PageToken.START);
      PageToken next = page.next().orElseThrow();

      assertThat(second.page(query, 7, next)).isEqualTo(first.page(query, 7, next));
      assertRefused(() -> third.page(query, 7, next), Reason.INVALID_PAGE_TOKEN, "");
    }
  }

  @Test
  void aContainerKeepsNoDigestsAndIsComparedByItsRows() {
    try (GrantStore store = filled("rocksdb");
        GrantStore container = SyncFiles.open(saved(), 0);
        GrantSnapshot moment = container.snapshot()) {
      assertThat(container.entitlementDigests("a")).isEmpty();
      assertThat(moment.entitlementDigests("a")).isEmpty();
      for (GrantReader other : List.of(container, moment, store)) {
        DiffReport report = SyncDiff.between(container, "a", other, "b").run(change -> {});
        assertThat(report.basis()).isEqualTo(DiffReport.Basis.ROWS);
        assertThat(report.counts().total()).isPositive();
        assertThat(SyncDiff.between(container, "a", other, "a").run(change -> {}).isEqual())
            .isTrue();
      }
    }
  }

  @Test
  void anInterruptedReaderDoesNotEndTheOthers() {
    try (GrantStore container = SyncFiles.open(saved(), 0)) {
      Thread.currentThread().interrupt();
      List<Grant> interrupted = listed(container, "a");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(listed(container, "a")).isEqualTo(interrupted).hasSize(GRANTS.size());
    }
  }

  @Test
  void whatCannotBeSavedIsRefusedAndNothingIsLeft() throws IOException {
    try (GrantStore store = filled("memory")) {
      store.startSync("open", "full", STARTED);
      Path target = folder.resolve("new.gsync");
      assertRefused(
          () -> SyncFiles.save(store, List.of("open"), target, SAVING),
          Reason.UNSUPPORTED,
          "sync is open");
      assertRefused(
          () -> SyncFiles.save(store, List.of("a", "none"), target, SAVING),
          Reason.SYNC_UNKNOWN,
          "none");
      assertRefused(
          () -> SyncFiles.save(store, List.of("a"), folder.resolve("no/x.gsync"), SAVING),
          Reason.STORE_MISSING,
          "folder to save");
      for (List<String> ids : List.of(List.<String>of(), List.of("a", "a"))) {
        assertThatThrownBy(() -> SyncFiles.save(store, ids, target, SAVING))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void aTargetThatIsThereIsReplacedOnlyIfToldTo() throws IOException {
    Path target = Files.writeString(folder.resolve("x.gsync"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.gsync"), target);
    Path astray = Files.createSymbolicLink(folder.resolve("astray.gsync"), folder.resolve("none"));
    Path sub = Files.createDirectory(folder.resolve("folder.gsync"));
    try (GrantStore store = filled("memory")) {
      for (Path taken : List.of(target, link, astray, sub)) {
        assertRefused(
            () -> SyncFiles.save(store, SYNCS, taken, SAVING), Reason.STORE_EXISTS, "file exists");
      }
      assertThat(target).hasContent("old");
      for (Path taken : List.of(link, astray, sub)) {
        assertRefused(
            () -> SyncFiles.save(store, SYNCS, taken, SAVING.replacing()),
            Reason.NOT_A_STORE,
            "only a file is replaced");
      }
      SyncFiles.save(store, SYNCS, target, SAVING.replacing());
      assertThat(SyncFiles.verify(target).syncs()).hasSize(3);
    }
  }

  @Test
  void whatIsNoContainerIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no container at all, whatever it is");
    assertRefused(() -> SyncFiles.inspect(text), Reason.NOT_A_STORE, text.toString());
    Path empty = Files.createFile(folder.resolve("empty"));
    assertRefused(() -> SyncFiles.inspect(empty), Reason.NOT_A_STORE, "no container");
    assertRefused(() -> SyncFiles.inspect(folder), Reason.NOT_A_STORE, "not a file");
    assertRefused(
        () -> SyncFiles.open(folder.resolve("none"), 0), Reason.STORE_MISSING, "does not exist");
  }

  @Test
  void allSyncsAreOfOneMoment() {
    Path file = folder.resolve("moment.gsync");
    try (GrantStore store = filled("memory")) {
      GrantStore dropping =
          new ForwardingGrantStore(store) {
            @Override
            public GrantSnapshot snapshot() {
              GrantSnapshot moment = super.snapshot();
              store.drop("b");
              return moment;
            }
          };
      ContainerManifest saved = SyncFiles.save(dropping, SYNCS, file, SAVING);

      assertThat(saved.syncs()).hasSize(3);
      assertThat(store.sync("b")).isEmpty();
    }
  }

  @Test
  void aSyncThatIsNotWhatItsSealSaysIsNeitherSavedNorCopied() {
    Path file = folder.resolve("new.gsync");
    try (GrantStore store = filled("memory");
        GrantStore target = Containers.store("memory", folder)) {
      GrantReader forgetful = new Forgetful(store);
      assertRefused(
          () -> SyncFiles.save(forgetful, List.of("a"), file, SAVING),
          Reason.CORRUPTION,
          "seal says");
      assertRefused(
          () -> SyncFiles.copy(forgetful, "a", target, "a", LOADING),
          Reason.CORRUPTION,
          "seal says");
      assertThat(target.syncs()).isEmpty();
    }
    assertThat(file).doesNotExist();
  }

  /** Gives the second grant of every list another time. */
  private static final class Forgetful extends ForwardingGrantReader {
    private final GrantReader reader;

    Forgetful(GrantReader reader) {
      super(reader);
      this.reader = reader;
    }

    @Override
    public GrantCursor cursor(GrantQuery query) {
      return new ForwardingGrantStore.Cursor(reader.cursor(query)) {
        private int row;

        @Override
        public boolean next() {
          row++;
          return super.next();
        }

        @Override
        public Grant grant() {
          Grant grant = super.grant();
          return row != 2
              ? grant
              : new Grant(
                  grant.id(),
                  grant.entitlement(),
                  grant.principal(),
                  ENDED,
                  grant.needsExpansion(),
                  grant.expansion(),
                  grant.sources(),
                  grant.annotations());
        }
      };
    }
  }

  private GrantStore filled(String engine) {
    GrantStore store = Containers.store(engine, folder.resolve("store"));
    Containers.seal(store, "b", OTHERS);
    Containers.seal(store, "a", GRANTS);
    Containers.seal(store, "empty", List.of());
    return store;
  }

  private Path saved() {
    Path file = folder.resolve("all.gsync");
    try (GrantStore store = Containers.store("memory", folder)) {
      Containers.seal(store, "b", OTHERS);
      Containers.seal(store, "a", GRANTS);
      Containers.seal(store, "empty", List.of());
      SyncFiles.save(store, SYNCS, file, SAVING.replacing());
    }
    return file;
  }

  private static List<Grant> listed(GrantReader reader, String sync) {
    List<Grant> grants = new ArrayList<>();
    try (GrantCursor cursor = reader.cursor(new GrantQuery.Scan(sync))) {
      while (cursor.next()) {
        grants.add(cursor.grant());
      }
    }
    return grants;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static void assertRefused(ThrowingCallable call, Reason reason, String words) {
    assertThatThrownBy(call)
        .isInstanceOf(GrantStoreException.class)
        .hasMessageContaining(words)
        .extracting(e -> ((GrantStoreException) e).reason())
        .isEqualTo(reason);
  }
}
