package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkPart;
import dev.grantstore.ContentDigest;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import dev.grantstore.SyncRun;
import dev.grantstore.keyvalue.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BulkLoadFailuresTest {
  private static final String SYNC = "loaded";
  private static final int GRANTS = 12_000;
  private static final int MOST_RACES = 100;
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  @TempDir Path folder;

  private Path path;
  private GrantStore store;

  @BeforeEach
  void openStore() {
    path = folder.resolve("store");
    store = Misuse.open(path, OpenMode.CREATE);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void ofEqualIdsTheLastWinsAndLeavesNoOrphans() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    List<List<Grant>> parts = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      List<Grant> grants = new ArrayList<>();
      for (int i = 0; i < 6_000; i++) {
        grants.add(SampleGrants.grant(random.nextInt(4_000), random.nextInt(6)));
      }
      parts.add(grants);
    }
    store.startSync("put", "full", SampleGrants.STARTED);
    parts.forEach(grants -> store.putAll("put", grants));
    ContentDigest put = store.seal("put", SampleGrants.ENDED).digest().orElseThrow();

    try (BulkLoad load = load()) {
      for (List<Grant> grants : parts) {
        try (BulkPart part = load.openPart()) {
          grants.forEach(part::add);
        }
      }
      assertThat(load.commit(SampleGrants.ENDED).digest()).hasValue(put);
    }
    store.close();
    StoredRows.assertConsistent(path);
  }

  @Test
  void aFileThatIsGoneBeforeIngestLeavesNothing() throws Exception {
    boolean refused = false;
    for (int i = 0; i < MOST_RACES && !refused; i++) {
      refused = isRefusedWithoutAFile();
    }
    assertThat(refused).as("a file was removed in time").isTrue();
    assertNothingIsLeftAndLoadingWorks();
  }

  /** On a busy machine whoever removes it may come too late: then the load is whole. */
  private boolean isRefusedWithoutAFile() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService remover = Executors.newSingleThreadExecutor();
    try (BulkLoad load = load()) {
      fill(load, GRANTS);
      Path file = loadFolder().resolve("by_principal-0.sst");
      Future<?> removed =
          remover.submit(
              () -> {
                Await.until("a file", TIMEOUT, () -> over.get() || Files.deleteIfExists(file));
                return file;
              });
      try {
        load.commit(SampleGrants.ENDED);
      } catch (GrantStoreException e) {
        assertThat(e.reason()).isEqualTo(Reason.IO);
        return true;
      } finally {
        over.set(true);
        removed.get();
      }
    } finally {
      remover.shutdownNow();
    }
    store.drop(SYNC);
    return false;
  }

  @Test
  void aFileThatCannotBeWrittenLeavesNothing() throws Exception {
    try (BulkLoad load = load()) {
      fill(load, GRANTS);
      Files.createDirectory(loadFolder().resolve("by_entitlement-0.sst"));

      assertThatThrownBy(() -> load.commit(SampleGrants.ENDED))
          .isInstanceOf(GrantStoreException.class);
    }
    assertNothingIsLeftAndLoadingWorks();
  }

  @Test
  void aPartThatFailedCannotBeCommitted() throws Exception {
    try (BulkLoad load = load()) {
      Files.delete(loadFolder());
      assertThatThrownBy(() -> fill(load, 20 * GRANTS))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IO))
          .hasRootCauseInstanceOf(NoSuchFileException.class);

      assertThatIllegalStateException()
          .isThrownBy(() -> load.commit(SampleGrants.ENDED))
          .withMessageContaining("part failed");
    }
    assertNothingIsLeftAndLoadingWorks();
  }

  @Test
  void anInterruptedCommitLeavesNothingAndKeepsTheInterrupt() throws Exception {
    try (BulkLoad load = load()) {
      fill(load, GRANTS);
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> load.commit(SampleGrants.ENDED))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
      assertThat(Thread.interrupted()).isTrue();
    }
    assertNothingIsLeftAndLoadingWorks();
  }

  @Test
  void anInterruptedThreadCanSealAndClose() throws Exception {
    store.startSync("put", "full", SampleGrants.STARTED);
    store.putAll("put", SampleGrants.grants(0, 10));
    Thread.currentThread().interrupt();
    SyncRun sealed = store.seal("put", SampleGrants.ENDED);
    store.close();
    assertThat(Thread.interrupted()).isTrue();

    store = Misuse.open(path, OpenMode.OPEN);
    assertThat(store.sync("put")).hasValue(sealed);
  }

  @Test
  void aDroppedLoadIsReclaimedWhenTheStoreSettles() throws Exception {
    aFileThatIsGoneBeforeIngestLeavesNothing();
    store.drop(SYNC);
    store.settle(TIMEOUT);

    long bytes = 0;
    for (Path file : Damage.databaseFiles(path, ".sst")) {
      bytes += Files.size(file);
    }
    assertThat(bytes).as("the keyspace of syncs, and notes of what was deleted").isLessThan(16_384);
  }

  private void assertNothingIsLeftAndLoadingWorks() throws Exception {
    assertThat(store.sync(SYNC)).isEmpty();
    assertThat(bulkFolders()).isEmpty();
    store.close();
    StoredRows.assertConsistent(path);
    store = Misuse.open(path, OpenMode.OPEN);
    try (BulkLoad load = load()) {
      fill(load, GRANTS);
      assertThat(load.commit(SampleGrants.ENDED).digest().orElseThrow().count()).isEqualTo(GRANTS);
    }
    assertThat(bulkFolders()).isEmpty();
  }

  private BulkLoad load() {
    return store.bulkLoad(SYNC, "full", SampleGrants.STARTED, Misuse.LOAD);
  }

  private static void fill(BulkLoad load, int grants) {
    try (BulkPart part = load.openPart()) {
      for (int i = 0; i < grants; i++) {
        part.add(SampleGrants.grant(i, 0));
      }
    }
  }

  private Path loadFolder() throws IOException {
    return bulkFolders().get(0);
  }

  private List<Path> bulkFolders() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(f -> f.getFileName().toString().startsWith("bulk-")).toList();
    }
  }
}
