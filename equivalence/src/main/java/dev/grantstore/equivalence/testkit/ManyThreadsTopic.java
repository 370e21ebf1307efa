package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.IdField;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads on one store: nothing torn, nothing lost, and close is never a crash. */
abstract class ManyThreadsTopic extends Topic {
  /** Whether a call that is forbidden here is taken all the same. */
  private static boolean isTaken(Runnable call) {
    try {
      call.run();
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static final GrantQuery SCAN = new GrantQuery.Scan(SYNC);

  ManyThreadsTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void whatSeveralWritersWriteIsAllThere() throws Exception {
    GrantStore store = storeWith();
    try (Threads threads = new Threads()) {
      for (int writer = 0; writer < 4; writer++) {
        int own = writer;
        threads.run(
            () -> {
              for (int i = 0; i < 100; i++) {
                store.put(SYNC, aGrant().id(own + "-" + i).forUser("u" + i).build());
                store.put(SYNC, aGrant().id("shared-" + i).forUser("w" + own).build());
              }
            });
      }
      threads.awaitAll();
    }

    List<Grant> rows = Reads.scan(store, SYNC);
    Set<String> ids = new HashSet<>();
    rows.forEach(grant -> ids.add(grant.id()));
    assertThat(ids).hasSize(500);
    Reads.assertHoldsExactly(store, SYNC, rows, everyVersionOfTheShared());
    assertThat(store.seal(SYNC, ENDED).digest()).contains(digestOf(rows));
  }

  @Test
  void aBatchIsSeenWholeOrNotAtAll() throws Exception {
    GrantStore store = storeWith(version(0));
    try (Threads threads = new Threads()) {
      Future<Integer> writer =
          threads.start(
              () -> {
                for (int i = 1; i <= 150; i++) {
                  store.putAll(SYNC, version(i));
                }
                return 150;
              });
      for (int reader = 0; reader < 2; reader++) {
        threads.run(
            () -> {
              boolean more = true;
              while (more) {
                more = !writer.isDone();
                assertOneVersion(Reads.scan(store, SYNC));
                assertOneVersion(store.page(SCAN, 100, PageToken.START).grants());
                assertOneVersion(
                    store.getAll(SYNC, List.of("g0", "g5", "g9")).stream()
                        .map(found -> found.orElseThrow())
                        .toList());
              }
            });
      }
      threads.awaitAll();
    }

    Reads.assertHoldsExactly(store, SYNC, version(150), version(149));
  }

  @Test
  void aSnapshotServesManyThreads() throws Exception {
    List<Grant> grants =
        IntStream.range(0, 200).mapToObj(i -> aFullGrant("g" + i).build()).toList();
    GrantStore store = storeWith(grants);
    try (GrantSnapshot snapshot = store.snapshot();
        Threads threads = new Threads()) {
      for (int reader = 0; reader < 4; reader++) {
        threads.run(
            () -> {
              for (int i = 0; i < 10; i++) {
                assertThat(Reads.scan(snapshot, SYNC)).isEqualTo(ExpectedRows.scan(grants));
                assertThat(snapshot.get(SYNC, "g7")).contains(grants.get(7));
              }
            });
      }
      grants.forEach(grant -> store.delete(SYNC, grant.id()));
      threads.awaitAll();
    }
  }

  @Test
  void partsOfABulkLoadAreFilledAtTheSameTime() throws Exception {
    requires(Capability.BULK_LOAD);
    GrantStore store = emptyStore();
    BulkLoadOptions options = new BulkLoadOptions(BulkLoadOptions.MIN_MEMORY_BUDGET_BYTES, 2);
    try (BulkLoad load = store.bulkLoad(SYNC, "full", STARTED, options);
        Threads threads = new Threads()) {
      for (int i = 0; i < 4; i++) {
        BulkPart part = load.openPart();
        int own = i;
        threads.run(
            () -> {
              for (int row = 0; row < 500; row++) {
                part.add(aFullGrant("shared-" + row).forUser("w" + own).build());
                part.add(aGrant().id(own + "-" + row).forUser("w" + own).build());
              }
              part.close();
            });
      }
      threads.awaitAll();
      load.commit(ENDED);
    }

    List<Grant> expected = new ArrayList<>();
    for (int row = 0; row < 500; row++) {
      expected.add(aFullGrant("shared-" + row).forUser("w3").build());
      for (int own = 0; own < 4; own++) {
        expected.add(aGrant().id(own + "-" + row).forUser("w" + own).build());
      }
    }
    assertThat(store.sync(SYNC).orElseThrow().digest()).contains(digestOf(expected));
    assertThat(Reads.scan(store, SYNC)).isEqualTo(ExpectedRows.scan(expected));
    for (GrantQuery query : Reads.listsOf(SYNC, expected.get(0))) {
      assertThat(Reads.list(store, query)).isEqualTo(ExpectedRows.of(query, expected));
    }
  }

  @Test
  void aPartUsedByTwoThreadsAtOnceIsRefusedOrRightNeverAWrongSync() throws Exception {
    requires(Capability.BULK_LOAD);
    GrantStore store = emptyStore();
    Queue<Grant> taken = new ConcurrentLinkedQueue<>();
    boolean committed;
    try (BulkLoad load = store.bulkLoad(SYNC, "full", STARTED, BulkLoadOptions.defaults());
        Threads threads = new Threads()) {
      BulkPart part = load.openPart();
      CountDownLatch start = new CountDownLatch(1);
      for (int i = 0; i < 3; i++) {
        String prefix = "w" + i + "-";
        threads.run(
            () -> {
              start.await();
              for (int row = 0; row < 2_000; row++) {
                Grant grant = aFullGrant(prefix + row).build();
                if (isTaken(() -> part.add(grant))) {
                  taken.add(grant);
                }
              }
            });
      }
      start.countDown();
      threads.awaitAll();
      committed = isTaken(part::close) && isTaken(() -> load.commit(ENDED));
    }

    assertThat(store.sync(SYNC).isPresent()).isEqualTo(committed);
    if (committed) {
      List<Grant> rows = List.copyOf(taken);
      assertThat(store.sync(SYNC).orElseThrow().digest()).contains(digestOf(rows));
      assertThat(Reads.scan(store, SYNC)).isEqualTo(ExpectedRows.scan(rows));
      for (GrantQuery query : Reads.listsOf(SYNC, rows.get(0))) {
        assertThat(Reads.list(store, query)).isEqualTo(ExpectedRows.of(query, rows));
      }
    }
  }

  @Test
  void closeWhileReadersAndCursorsRunEndsThemAll() throws Exception {
    List<Grant> grants =
        IntStream.range(0, 300).mapToObj(i -> aFullGrant("g" + i).build()).toList();
    GrantStore store = storeWith(grants);
    GrantSnapshot snapshot = store.snapshot();
    List<Callable<?>> reads =
        List.of(
            () -> store.get(SYNC, "g7"),
            () -> store.page(SCAN, 50, PageToken.START),
            () -> Reads.scan(store, SYNC),
            () -> Reads.scan(snapshot, SYNC),
            () -> walk(store),
            () -> walk(snapshot),
            () -> store.getAll(SYNC, List.of("g1", "g2", "g3")),
            () -> store.snapshot());
    assertCloseEnds(store, reads);
    assertClosed(store::syncs);
  }

  @Test
  void closeOfASnapshotWhileItIsReadEndsItsReadersAndNoOthers() throws Exception {
    List<Grant> grants =
        IntStream.range(0, 300).mapToObj(i -> aFullGrant("g" + i).build()).toList();
    GrantStore store = storeWith(grants);
    GrantSnapshot snapshot = store.snapshot();
    List<Callable<?>> reads =
        List.of(
            () -> snapshot.get(SYNC, "g7"), () -> Reads.scan(snapshot, SYNC), () -> walk(snapshot));

    assertCloseEnds(snapshot, reads);

    assertThat(Reads.scan(store, SYNC)).isEqualTo(ExpectedRows.scan(grants));
  }

  @Test
  void closeWhileWritersRunKeepsWhatTheyWereTold() throws Exception {
    GrantStore store = open(location(), OpenMode.CREATE);
    store.startSync(SYNC, "full", STARTED);
    List<List<Grant>> acknowledged = List.of(new ArrayList<>(), new ArrayList<>());
    List<Callable<?>> writes = new ArrayList<>();
    for (int i = 0; i < acknowledged.size(); i++) {
      List<Grant> own = acknowledged.get(i);
      String prefix = "w" + i + "-";
      writes.add(
          () -> {
            Grant next = aGrant().id(prefix + own.size()).build();
            store.put(SYNC, next);
            return own.add(next);
          });
    }

    assertCloseEnds(store, writes);
    assertClosed(() -> store.put(SYNC, aGrant().build()));

    requires(Capability.PERSISTENT);
    GrantStore again = open(location(), OpenMode.OPEN);
    acknowledged.forEach(own -> assertThat(Reads.scan(again, SYNC)).containsAll(own));
  }

  @Test
  void severalThreadsMayCloseAtOnce() throws Exception {
    GrantStore store = storeWith(aGrant().build());
    CountDownLatch together = new CountDownLatch(4);
    try (Threads threads = new Threads()) {
      for (int i = 0; i < 4; i++) {
        threads.run(
            () -> {
              together.countDown();
              assertThat(together.await(30, TimeUnit.SECONDS)).isTrue();
              store.close();
            });
      }
      threads.awaitAll();
    }
    assertClosed(store::syncs);
  }

  /** Repeats calls in a thread each, closes once all have run, and waits for their refusals. */
  private static void assertCloseEnds(AutoCloseable open, List<Callable<?>> calls)
      throws Exception {
    CountDownLatch allRan = new CountDownLatch(calls.size());
    try (Threads threads = new Threads()) {
      List<Future<IllegalStateException>> ends = new ArrayList<>();
      for (Callable<?> call : calls) {
        ends.add(threads.start(() -> repeatUntilRefused(call, allRan)));
      }
      assertThat(allRan.await(30, TimeUnit.SECONDS)).isTrue();
      open.close();
      for (Future<IllegalStateException> end : ends) {
        assertThat(Threads.await(end)).isNotNull();
      }
    }
  }

  private static IllegalStateException repeatUntilRefused(Callable<?> call, CountDownLatch ran)
      throws Exception {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        assertThat(call.call()).isNotNull();
        ran.countDown();
      }
    } catch (IllegalStateException e) {
      return e;
    }
    throw new AssertionError("the store was closed and went on answering");
  }

  private static int walk(dev.grantstore.GrantReader reader) {
    int bytes = 0;
    try (GrantCursor cursor = reader.cursor(SCAN)) {
      while (cursor.next()) {
        bytes += cursor.id(IdField.GRANT_ID).length();
      }
    }
    return bytes;
  }

  private static List<Grant> version(int number) {
    return IntStream.range(0, 10)
        .mapToObj(i -> aGrant().id("g" + i).forUser("v" + number).build())
        .toList();
  }

  private static void assertOneVersion(List<Grant> rows) {
    Set<String> versions = new HashSet<>();
    rows.forEach(grant -> versions.add(grant.principal().resourceId()));
    assertThat(versions).as("versions seen at once").hasSize(1);
  }

  private static List<Grant> everyVersionOfTheShared() {
    List<Grant> versions = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      versions.add(aGrant().id("shared-0").forUser("w" + writer).build());
    }
    return versions;
  }
}
