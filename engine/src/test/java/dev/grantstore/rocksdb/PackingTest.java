package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.keyvalue.ChildJvm;
import dev.grantstore.keyvalue.CrashPoint;
import dev.grantstore.keyvalue.YieldPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A sync whose rows become pages, in several chunks: whenever the process dies, it is the one or
 * the other, and the next settling makes pages of it. Who reads meanwhile notices nothing.
 */
final class PackingTest {
  static final String SYNC = "sync";
  private static final int ROWS = 40;
  private static final int PAGE_BYTES = 4;
  private static final int MOST_CRASH_POINTS = 120;
  private static final GrantQuery SCAN = new GrantQuery.Scan(SYNC);

  @TempDir Path folder;

  private Path store;

  /** What packs. */
  enum By {
    SEAL,
    SETTLE;

    void pack(GrantStore store) {
      if (this == SEAL) {
        store.seal(SYNC, SampleGrants.ENDED);
      } else {
        store.settle(PackingChild.LONG);
      }
    }
  }

  @BeforeEach
  void path() {
    store = folder.resolve("store");
  }

  @AfterEach
  void nobodyListens() {
    YieldPoint.listen(null);
  }

  /** What is written at any moment is what a process leaves that dies then. */
  @ParameterizedTest
  @EnumSource
  void atAnyMomentOfPackingTheSyncIsRowsOrPages(By by) throws Exception {
    makeRows(by);
    List<Path> images = new ArrayList<>();
    try (GrantStore open = PackingChild.open(store, PAGE_BYTES)) {
      atEachCommit(() -> images.add(copyOf(store, "image-" + images.size())));
      by.pack(open);
      YieldPoint.listen(null);
    }
    List<Boolean> packed = new ArrayList<>();
    for (Path image : images) {
      packed.add(assertRowsOrPages(image));
    }
    assertThat(packed).as("once packed, it stays").isSorted().contains(false, true);
    assertThat(packed).filteredOn(is -> !is).as("chunks").hasSizeGreaterThan(4);
    assertThat(packed).filteredOn(is -> is).as("with rows, and without").hasSize(2);
  }

  @Tag("deep")
  @ParameterizedTest
  @EnumSource
  void aProcessThatDiesBetweenAnyTwoStepsLeavesRowsOrPages(By by) throws Exception {
    makeRows(by);
    List<Boolean> packed = new ArrayList<>();
    boolean died = true;
    for (int at = 1; died; at++) {
      Path copy = copyOf(store, "killed-" + at);
      died = diesAt(copy, by, at);
      packed.add(assertRowsOrPages(copy));
      assertThat(at).isLessThan(MOST_CRASH_POINTS);
    }
    assertThat(packed).as("once packed, it stays").isSorted().contains(false, true);
    assertThat(packed).as("crash points").hasSizeGreaterThan(10);
  }

  @Test
  void aStoreOfRowsIsPackedWhenItIsSettledAndGoesOnMeanwhile() throws Exception {
    makeRows(By.SETTLE);
    List<Grant> all = SampleGrants.grants(0, ROWS);
    PageToken early;
    try (GrantStore rows = PackingChild.open(store, 0)) {
      early = rows.page(SCAN, 7, PageToken.START).next().orElseThrow();
    }
    assertThat(StoredRows.isPacked(store, SYNC)).isFalse();
    try (GrantStore open = PackingChild.open(store, PAGE_BYTES);
        GrantSnapshot snapshot = open.snapshot();
        GrantCursor cursor = open.cursor(SCAN);
        GrantCursor ofSnapshot = snapshot.cursor(SCAN)) {
      assertThat(pagesFrom(open, early)).isEqualTo(all.subList(7, ROWS));
      assertThat(cursor.next() && ofSnapshot.next()).isTrue();
      open.settle(PackingChild.LONG);

      assertGoOn(open, snapshot, early, cursor, ofSnapshot);
      assertThat(content(open)).isEqualTo(digest());
    }
    assertThat(StoredRows.isPacked(store, SYNC)).isTrue();
    StoredRows.assertConsistent(store);
  }

  @Test
  void whatWasOpenedBeforeASealGoesOnAfterIt() throws Exception {
    makeRows(By.SEAL);
    try (GrantStore open = PackingChild.open(store, PAGE_BYTES);
        GrantSnapshot snapshot = open.snapshot();
        GrantCursor cursor = open.cursor(SCAN);
        GrantCursor ofSnapshot = snapshot.cursor(SCAN)) {
      PageToken early = open.page(SCAN, 7, PageToken.START).next().orElseThrow();
      assertThat(cursor.next() && ofSnapshot.next()).isTrue();
      open.seal(SYNC, SampleGrants.ENDED);

      assertGoOn(open, snapshot, early, cursor, ofSnapshot);
      open.drop(SYNC);
      assertThat(content(snapshot)).isEqualTo(digest());
    }
    StoredRows.assertConsistent(store);
  }

  /** Asked at each step of packing, by the thread that packs, between its own steps. */
  @ParameterizedTest
  @EnumSource
  void readsBetweenTheStepsNoticeNothing(By by) throws Exception {
    makeRows(by);
    Grant some = SampleGrants.grant(11, 0);
    int[] steps = new int[1];
    try (GrantStore open = PackingChild.open(store, PAGE_BYTES)) {
      boolean[] within = new boolean[1];
      listen(
          point -> {
            if (!within[0]) {
              within[0] = true;
              assertThat(open.get(SYNC, some.id())).as(point).hasValue(some);
              assertThat(open.holds(SYNC, some.principal(), some.entitlement())).as(point).isTrue();
              assertThat(open.get(SYNC, "absent")).as(point).isEmpty();
              assertThat(content(open)).as(point).isEqualTo(digest());
              steps[0]++;
              within[0] = false;
            }
          });
      by.pack(open);
      YieldPoint.listen(null);
    }
    assertThat(steps[0]).isGreaterThan(20);
    StoredRows.assertConsistent(store);
  }

  private static void assertGoOn(
      GrantStore open,
      GrantSnapshot snapshot,
      PageToken early,
      GrantCursor cursor,
      GrantCursor ofSnapshot) {
    List<Grant> all = SampleGrants.grants(0, ROWS);
    assertThat(pagesFrom(open, early)).isEqualTo(all.subList(7, ROWS));
    assertThat(pagesFrom(snapshot, early)).isEqualTo(all.subList(7, ROWS));
    assertThat(rest(cursor)).isEqualTo(all.subList(1, ROWS));
    assertThat(rest(ofSnapshot)).isEqualTo(all.subList(1, ROWS));
    assertThat(content(snapshot)).isEqualTo(digest());
  }

  /** Whether it is pages; if not, it is made so now, by pages of another size at times. */
  private static boolean assertRowsOrPages(Path image) throws Exception {
    boolean packed = StoredRows.isPacked(image, SYNC);
    try (GrantStore read = GrantStores.open(address(image), Misuse.options(OpenMode.READ_ONLY))) {
      assertThat(content(read)).isEqualTo(digest());
    }
    int pageBytes = image.getFileName().toString().hashCode() % 2 == 0 ? PAGE_BYTES : 300;
    try (GrantStore open = PackingChild.open(image, pageBytes)) {
      assertThat(content(open)).isEqualTo(digest());
    }
    StoredRows.assertConsistent(image);
    try (GrantStore open = PackingChild.open(image, pageBytes)) {
      boolean isSealed = open.sync(SYNC).orElseThrow().digest().isPresent();
      assertThat(isSealed || !packed).isTrue();
      if (!isSealed) {
        open.seal(SYNC, SampleGrants.ENDED);
      }
      open.settle(PackingChild.LONG);
      assertThat(content(open)).isEqualTo(digest());
      assertThat(open.sync(SYNC).orElseThrow().digest()).hasValue(digest());
      assertThat(open.verify().findings()).as("pages of who broke off").isEmpty();
    }
    assertThat(StoredRows.isPacked(image, SYNC)).isTrue();
    StoredRows.assertConsistent(image);
    return packed;
  }

  private boolean diesAt(Path copy, By by, int at) throws Exception {
    try (ChildJvm child =
        ChildJvm.start(
            folder,
            List.of("-D" + CrashPoint.PROPERTY + "=" + at),
            PackingChild.class,
            copy.toString(),
            by.name(),
            Integer.toString(PAGE_BYTES))) {
      int exitCode = child.awaitExit();
      assertThat(child.crashSigns()).isEmpty();
      assertThat(exitCode).as(child.output()).isIn(0, 137);
      return exitCode != 0;
    }
  }

  /** A sync of rows, sealed where it is to be packed later. */
  private void makeRows(By by) {
    try (GrantStore made =
        GrantStores.open(
            address(store), Misuse.options(OpenMode.CREATE).withEngineOption("packed", "0"))) {
      made.startSync(SYNC, "full", SampleGrants.STARTED);
      made.putAll(SYNC, SampleGrants.grants(0, ROWS));
      if (by == By.SETTLE) {
        made.seal(SYNC, SampleGrants.ENDED);
      }
    }
  }

  /** What every list of the sync adds up to, which must be the same. */
  private static ContentDigest content(GrantReader reader) {
    DigestAccumulator scanned = new DigestAccumulator();
    rest(reader.cursor(SCAN)).forEach(scanned::add);
    DigestAccumulator listed = new DigestAccumulator();
    for (int app = 0; app < 3; app++) {
      GrantQuery query = new GrantQuery.ByEntitlementResource(SYNC, "app", "app-" + app);
      rest(reader.cursor(query)).forEach(listed::add);
    }
    assertThat(listed.digest()).isEqualTo(scanned.digest());
    return scanned.digest();
  }

  private static ContentDigest digest() {
    DigestAccumulator sum = new DigestAccumulator();
    SampleGrants.grants(0, ROWS).forEach(sum::add);
    return sum.digest();
  }

  private static List<Grant> rest(GrantCursor cursor) {
    List<Grant> rows = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        rows.add(cursor.grant());
      }
    }
    return rows;
  }

  private static List<Grant> pagesFrom(GrantReader reader, PageToken token) {
    List<Grant> rows = new ArrayList<>();
    Optional<PageToken> next = Optional.of(token);
    while (next.isPresent()) {
      GrantPage page = reader.page(SCAN, 5, next.get());
      rows.addAll(page.grants());
      next = page.next();
    }
    return rows;
  }

  private static void atEachCommit(Runnable then) {
    listen(
        point -> {
          if (point.equals("batch committed")) {
            then.run();
          }
        });
  }

  private static void listen(Consumer<String> then) {
    Thread packing = Thread.currentThread();
    YieldPoint.listen(
        new YieldPoint.Listener() {
          @Override
          public void reached(String point) {
            if (Thread.currentThread() == packing) {
              then.accept(point);
            }
          }

          @Override
          public void outside(String point) {}

          @Override
          public boolean waiting() {
            return false;
          }
        });
  }

  private static String address(Path store) {
    return "rocksdb:" + store;
  }

  /** Without reading the locks: whoever closes such a file gives up the lock of its process. */
  private Path copyOf(Path from, String name) {
    Path to = folder.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(f -> !f.endsWith("LOCK")).toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return to;
  }
}
