package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.CheckpointFiles;
import dev.grantstore.Durability;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.OpenMode;
import dev.grantstore.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are copied piece by piece, and between two of them a checkpoint can be ended. */
final class CheckpointPiecesTest {
  private static final int MANY = 4_000;
  private static final int ID_BITS = 600;

  @TempDir Path folder;

  @AfterEach
  void listenNoMore() {
    YieldPoint.listen(null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void anInterruptBetweenTwoEndsIt(String engine) throws IOException {
    try (GrantStore store = filled(engine)) {
      int[] pieces = {0};
      atEachPiece(
          piece -> {
            pieces[0] = piece;
            if (piece == 2) {
              Thread.currentThread().interrupt();
            }
          });
      assertThatThrownBy(() -> store.checkpoint(folder.resolve("copy"), CheckpointFiles.COPIED))
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(pieces[0]).isEqualTo(2);
      assertNothingIsLeft();

      atEachPiece(piece -> pieces[0] = piece);
      store.checkpoint(folder.resolve("copy"), CheckpointFiles.COPIED);
      assertThat(pieces[0]).isGreaterThan(4);
      store.putAll("open", CheckpointTest.grants(0, 10));
    }
  }

  /** It copies its file while writes wait. */
  @Test
  void anInterruptWhileAnotherWritesEndsItBeforeTheFirst() throws Exception {
    Path place = folder.resolve("store");
    try (GrantStore store =
        CheckpointTest.fill(place, "mvstore", OpenMode.CREATE, Durability.BULK)) {
      FutureTask<@Nullable Void> copying =
          new FutureTask<>(() -> store.checkpoint(folder.resolve("copy")), null);
      Thread copier = new Thread(copying);
      AtomicInteger pieces = new AtomicInteger();
      Thread writer = Thread.currentThread();
      listen(
          point -> {
            if (point.equals("piece copied")) {
              pieces.incrementAndGet();
            } else if (point.equals("batch made") && Thread.currentThread() == writer) {
              copier.start();
              while (copier.isAlive() && copier.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
              }
              copier.interrupt();
            }
          });
      store.putAll("open", CheckpointTest.grants(0, 1));

      assertThatThrownBy(copying::get)
          .cause()
          .isInstanceOfSatisfying(
              GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
      assertThat(pieces).hasValue(0);
      assertNothingIsLeft();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "sqlite", "lmdb", "mvstore"})
  void aStoreThatClosesEndsItBetweenTwo(String engine) throws Exception {
    GrantStore store = filled(engine);
    Thread closing = new Thread(store::close);
    int[] pieces = {0};
    atEachPiece(
        piece -> {
          pieces[0] = piece;
          if (piece == 2) {
            closing.start();
            CheckpointTest.awaitShut(store);
          }
        });
    assertThatThrownBy(() -> store.checkpoint(folder.resolve("copy"), CheckpointFiles.COPIED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    closing.join();
    assertThat(pieces[0]).isEqualTo(2);
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(folder.resolve("copy")).doesNotExist();
    assertThat(CheckpointTest.leftovers(folder)).isEmpty();
  }

  /** Has more than a mebibyte in each engine. */
  private GrantStore filled(String engine) {
    GrantStore store =
        CheckpointTest.fill(folder.resolve("store"), engine, OpenMode.CREATE, Durability.BULK);
    Random random = new Random(1);
    List<Grant> grants = new ArrayList<>();
    for (Grant grant : CheckpointTest.grants(0, MANY)) {
      String id = new BigInteger(ID_BITS, random).toString(Character.MAX_RADIX);
      grants.add(Grant.of(id, grant.entitlement(), grant.principal(), grant.discoveredAt()));
    }
    store.putAll("open", grants);
    return store;
  }

  private static void atEachPiece(IntConsumer action) {
    int[] pieces = {0};
    listen(
        point -> {
          if (point.equals("piece copied")) {
            action.accept(++pieces[0]);
          }
        });
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
}
