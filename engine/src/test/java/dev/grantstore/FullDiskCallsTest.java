package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * F12: On a full disk every call works or says {@link Reason#NO_SPACE}, with each engine; what was
 * acknowledged is there later. Needs to be root on Linux, to mount a small disk.
 */
final class FullDiskCallsTest {
  private static final Instant NOW = Instant.parse("2024-03-01T10:00:00Z");
  private static final int KEPT = 300;

  @TempDir Path folder;

  private Path disk;
  private Path ballast;
  private boolean mounted;

  @BeforeEach
  void mountSmallDisk() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    ballast = disk.resolve("ballast");
    mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "none", disk.toString());
    assumeTrue(mounted, "SKIPPED: a small disk cannot be mounted here");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", disk.toString())).as("unmounted").isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void everyCallOnAFullDiskWorksOrSaysSo(String engine) throws IOException {
    String address = engine + ":" + disk.resolve("store");
    try (GrantStore store = GrantStores.open(address, StoreOptions.of(OpenMode.CREATE))) {
      for (String sync : List.of("kept", "sealed", "dropped")) {
        store.startSync(sync, "full", NOW);
        store.putAll(sync, grants(0, KEPT));
      }
      store.flush();
    }
    GrantStore store = GrantStores.open(address, StoreOptions.of(OpenMode.OPEN));
    fillDisk();
    boolean written = true;
    for (int from = KEPT; written && from < 200_000; from += 2_000) {
      List<Grant> more = grants(from, 2_000);
      written = worksOrSaysSo("put", () -> store.putAll("sealed", more));
    }
    assertThat(written).as("put on a full disk").isFalse();
    assertThat(count(store, "kept")).isEqualTo(KEPT);
    readWithManyCursors(store);
    worksOrSaysSo("delete", () -> store.delete("sealed", "g1"));
    worksOrSaysSo("start", () -> store.startSync("started", "full", NOW));
    worksOrSaysSo("load", () -> load(store));
    worksOrSaysSo("seal", () -> store.seal("sealed", NOW));
    worksOrSaysSo("drop", () -> store.drop("dropped"));
    worksOrSaysSo("flush", store::flush);
    worksOrSaysSo("settle", () -> store.settle(Duration.ofMinutes(1)));
    worksOrSaysSo("stats", store::stats);
    worksOrSaysSo("snapshot", () -> store.snapshot().close());
    worksOrSaysSo("close", store::close);
    worksOrSaysSo("open", () -> openAndWrite(address));
    worksOrSaysSo(
        "read", () -> GrantStores.open(address, StoreOptions.of(OpenMode.READ_ONLY)).close());
    Path other = disk.resolve("other");
    boolean created =
        worksOrSaysSo(
            "create",
            () -> GrantStores.open(engine + ":" + other, StoreOptions.of(OpenMode.CREATE)).close());
    assertThat(Files.exists(other)).as("left of a store that was not made").isEqualTo(created);

    Files.delete(ballast);
    try (GrantStore again = GrantStores.open(address, StoreOptions.of(OpenMode.OPEN))) {
      assertThat(count(again, "kept")).isEqualTo(KEPT);
      assertThat(again.sync("loaded")).isEmpty();
      again.put("kept", grant(KEPT));
      assertThat(again.seal("kept", NOW).digest().orElseThrow().count()).isEqualTo(KEPT + 1);
    }
  }

  /**
   * Whether a call worked; if not it must have said why: no room, or no room for a write before.
   */
  private static boolean worksOrSaysSo(String what, Runnable call) {
    try {
      call.run();
      return true;
    } catch (GrantStoreException e) {
      boolean isTold =
          e.reason() == Reason.NO_SPACE
              || (e.reason() == Reason.IO && String.valueOf(e.getMessage()).contains("reopen"));
      assertThat(isTold).as("%s: %s %s", what, e.reason(), e.getMessage()).isTrue();
      return false;
    }
  }

  private static void openAndWrite(String address) {
    try (GrantStore store = GrantStores.open(address, StoreOptions.of(OpenMode.OPEN))) {
      store.putAll("kept", grants(0, KEPT));
    }
  }

  private static void load(GrantStore store) {
    try (BulkLoad load = store.bulkLoad("loaded", "full", NOW, BulkLoadOptions.defaults())) {
      try (BulkPart part = load.openPart()) {
        grants(0, 60_000).forEach(part::add);
      }
      load.commit(NOW);
    }
  }

  /** As many as the table of readers has on its first page, and more. */
  private static void readWithManyCursors(GrantStore store) {
    List<GrantCursor> cursors = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        GrantCursor cursor = store.cursor(new GrantQuery.Scan("kept"));
        cursors.add(cursor);
        assertThat(cursor.next()).isTrue();
      }
    } finally {
      cursors.forEach(GrantCursor::close);
    }
  }

  private void fillDisk() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
      byte[] page = new byte[4 << 10];
      while (true) {
        file.write(page);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space");
    }
  }

  private static int count(GrantStore store, String sync) {
    int rows = 0;
    try (GrantCursor cursor = store.cursor(new GrantQuery.Scan(sync))) {
      while (cursor.next()) {
        rows++;
      }
    }
    return rows;
  }

  private static List<Grant> grants(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(FullDiskCallsTest::grant).toList();
  }

  private static Grant grant(int number) {
    return Grant.of(
        "g" + number,
        new EntitlementRef("app", "app-" + number % 7, "member"),
        new PrincipalRef("user", "u" + number % 11),
        NOW);
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
