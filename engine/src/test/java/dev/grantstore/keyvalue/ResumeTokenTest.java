package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Bytes;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.Reason;
import dev.grantstore.StoreOptions;
import dev.grantstore.SyncRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resume token and the grants of its write are there together. */
final class ResumeTokenTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.000000006Z");
  private static final String SYNC = "s";

  @TempDir private Path folder;
  private int copies;

  @AfterEach
  void letItBe() {
    YieldPoint.listen(null);
  }

  /** As a process that is killed after each write leaves it. */
  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void whatAKillLeavesHasTheTokenOfItsLastGrants(String engine) throws IOException {
    Path location = folder.resolve("store");
    try (GrantStore store = open(engine, location, OpenMode.CREATE)) {
      store.startSync(SYNC, "full", NOW);
      store.putAll(SYNC, List.of(grant(1)), token(1));
      store.putAll(SYNC, List.of(grant(2)), token(2));
      assertKilled(engine, location, 2);
      store.put(SYNC, grant(0));
      assertKilled(engine, location, 2);
      store.seal(SYNC, NOW);
      assertThat(tokenOf(store)).isEmpty();
    }
    try (GrantStore sealed = open(engine, location, OpenMode.READ_ONLY)) {
      assertThat(tokenOf(sealed)).isEmpty();
    }
  }

  private void assertKilled(String engine, Path location, int pages) throws IOException {
    Path killed = folder.resolve("killed-" + ++copies);
    Folders.copy(location, killed);
    try (GrantStore store = open(engine, killed, OpenMode.OPEN)) {
      assertThat(tokenOf(store)).contains(token(pages));
      assertThat(ids(store)).isEqualTo(IntStream.rangeClosed(1, pages).boxed().toList());
    }
  }

  private static List<Integer> ids(GrantStore store) {
    return IntStream.rangeClosed(1, 3)
        .filter(page -> store.get(SYNC, grant(page).id()).isPresent())
        .boxed()
        .toList();
  }

  /** The grants do not fit into a key, which is found while rows are written. */
  @Test
  void aWriteThatFailsLeavesTheTokenBefore() {
    Path location = folder.resolve("store");
    Grant tooLong = grant("x".repeat(20_000));
    try (GrantStore store = open("lmdb", location, OpenMode.CREATE)) {
      store.startSync(SYNC, "full", NOW);
      store.putAll(SYNC, List.of(grant(1)), token(1));

      assertThatThrownBy(() -> store.putAll(SYNC, List.of(grant(2), tooLong), token(2)))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED));
      assertThat(tokenOf(store)).contains(token(1));
      assertThat(ids(store)).containsExactly(1);
      store.put(SYNC, grant(3));
    }
    try (GrantStore store = open("lmdb", location, OpenMode.OPEN)) {
      assertThat(tokenOf(store)).contains(token(1));
      assertThat(ids(store)).containsExactly(1, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void aTokenStaysWithItsSyncWhateverIsWrittenNext(String engine) throws IOException {
    Path location = folder.resolve("store");
    Bytes longest = Bytes.copyOf(new byte[SyncRun.MAX_RESUME_TOKEN_BYTES]);
    try (GrantStore store = open(engine, location, OpenMode.CREATE)) {
      store.startSync(SYNC, "full", NOW);
      store.startSync("other", "full", NOW);
      store.putAll(SYNC, List.of(grant(1)), token(1));
      store.putAll(SYNC, List.of(grant(2)), longest);
      store.put("other", grant(1));
      store.put(SYNC, grant(3));
      assertThat(tokenOf(store)).contains(longest);
      assertThat(store.sync("other").orElseThrow().resumeToken()).isEmpty();
      assertThat(store.verify().findings()).isEmpty();
      store.checkpoint(folder.resolve("copy"));
    }
    for (Path place : List.of(location, folder.resolve("copy"))) {
      try (GrantStore store = open(engine, place, OpenMode.OPEN)) {
        assertThat(tokenOf(store)).contains(longest);
        assertThat(store.sync("other").orElseThrow().resumeToken()).isEmpty();
        assertThat(ids(store)).containsExactly(1, 2, 3);
        store.put(SYNC, grant(1));
      }
      try (GrantStore store = open(engine, place, OpenMode.OPEN)) {
        assertThat(tokenOf(store)).as("after the first write of an opening").contains(longest);
        assertThat(store.verify().findings()).isEmpty();
        store.drop(SYNC);
        assertThat(store.startSync(SYNC, "full", NOW).resumeToken()).isEmpty();
        store.put(SYNC, grant(1));
        assertThat(tokenOf(store)).isEmpty();
      }
    }
  }

  /** Who has seen the grants of a write asks for its token next, right after it was committed. */
  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void whoHasSeenTheGrantsSeesTheToken(String engine) {
    try (GrantStore store = open(engine, folder.resolve("store"), OpenMode.CREATE)) {
      store.startSync(SYNC, "full", NOW);
      store.putAll(SYNC, List.of(grant(1)), token(1));
      AtomicReference<CompletableFuture<Optional<Bytes>>> seen = new AtomicReference<>();
      Thread writer = Thread.currentThread();
      listen(
          point -> {
            if (Thread.currentThread() == writer && point.equals("batch committed")) {
              seen.compareAndSet(null, ask(store));
            }
          });

      store.putAll(SYNC, List.of(grant(2)), token(2));

      assertThat(Objects.requireNonNull(seen.get()).join()).contains(token(2));
    }
  }

  /** The next write may take minutes, as one that settles does. */
  @Test
  void whoAsksForSyncsDoesNotWaitForTheNextWrite() throws Exception {
    try (GrantStore store = open("lmdb", folder.resolve("store"), OpenMode.CREATE)) {
      store.startSync(SYNC, "full", NOW);
      CompletableFuture<Optional<Bytes>> seen = new CompletableFuture<>();
      Thread next = new Thread(store::flush);
      Thread writer = Thread.currentThread();
      listen(
          point -> {
            if (Thread.currentThread() == writer && point.equals("batch committed")) {
              next.start();
              awaitWaiting(next);
              var unused = ask(store).thenAccept(seen::complete);
            } else if (Thread.currentThread() == next && point.equals("lock taken")) {
              seen.completeOnTimeout(Optional.empty(), 60, TimeUnit.SECONDS).join();
            }
          });

      store.putAll(SYNC, List.of(grant(2)), token(2));

      next.join();
      assertThat(seen.join()).contains(token(2));
    }
  }

  @Test
  void whoWaitsForATokenKeepsAnInterrupt() throws Exception {
    try (GrantStore store = open("lmdb", folder.resolve("store"), OpenMode.CREATE)) {
      store.startSync(SYNC, "full", NOW);
      FutureTask<Boolean> asked =
          new FutureTask<>(
              () -> {
                assertThat(tokenOf(store)).contains(token(2));
                return Thread.interrupted();
              });
      Thread reader = new Thread(asked);
      Thread writer = Thread.currentThread();
      listen(
          point -> {
            if (Thread.currentThread() == writer && point.equals("batch committed")) {
              reader.start();
              awaitWaiting(reader);
              reader.interrupt();
            }
          });

      store.putAll(SYNC, List.of(grant(2)), token(2));

      assertThat(asked.get()).isTrue();
    }
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  /** {@return the token that another thread sees, once it has it or waits} */
  private static CompletableFuture<Optional<Bytes>> ask(GrantStore store) {
    CompletableFuture<Optional<Bytes>> token = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                assertThat(store.get(SYNC, grant(2).id())).isPresent();
                token.complete(tokenOf(store));
              } catch (RuntimeException | Error e) {
                token.completeExceptionally(e);
              }
            });
    reader.start();
    while (!token.isDone() && reader.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return token;
  }

  private static void listen(Consumer<String> listener) {
    YieldPoint.listen(
        new YieldPoint.Listener() {
          @Override
          public void reached(String point) {
            listener.accept(point);
          }

          @Override
          public void outside(String point) {}

          @Override
          public boolean waiting() {
            return false;
          }
        });
  }

  private static Optional<Bytes> tokenOf(GrantReader reader) {
    Optional<Bytes> token = reader.sync(SYNC).orElseThrow().resumeToken();
    assertThat(reader.syncs())
        .filteredOn(run -> run.id().equals(SYNC))
        .extracting(SyncRun::resumeToken)
        .containsExactly(token);
    return token;
  }

  private static Bytes token(int page) {
    return Bytes.copyOf(new byte[] {'p', (byte) page});
  }

  private static Grant grant(int number) {
    return grant("g " + number);
  }

  private static Grant grant(String id) {
    return new Grant(
        id,
        new EntitlementRef("app", "a", "e"),
        new PrincipalRef("user", "u"),
        NOW,
        false,
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static GrantStore open(String engine, Path location, OpenMode mode) {
    return GrantStores.open(engine + ":" + location, StoreOptions.of(mode));
  }
}
