package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.folder.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What waits through an interrupt leaves it for the caller to see, also when it fails. The other
 * side of each wait goes on when the waiting thread has taken notice of the interrupt, which shows
 * only by its flag being gone.
 */
final class InterruptedWaitsTest {
  @TempDir private Path folder;

  @Test
  void aWaitThatIsBegunAnewKeepsTheInterrupt() {
    int[] begun = {0};
    Thread.currentThread().interrupt();

    Uninterrupted.await(
        () -> {
          begun[0]++;
          if (begun[0] < 3) {
            Thread.currentThread().interrupt();
          }
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
        });

    assertThat(begun[0]).isEqualTo(3);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aWaitThatFailsKeepsTheInterrupt() {
    int[] begun = {0};

    assertThatThrownBy(
            () ->
                Uninterrupted.await(
                    () -> {
                      begun[0]++;
                      if (begun[0] == 1) {
                        throw new InterruptedException();
                      }
                      throw new IllegalStateException("failed");
                    }))
        .hasMessage("failed");

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aWaitThatNobodyInterruptsInterruptsNobody() {
    Uninterrupted.await(() -> {});

    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void workersAreStoppedByAnInterruptedThread() {
    LoadWorkers workers = new LoadWorkers(1);
    Thread waiting = Thread.currentThread();
    waiting.interrupt();
    Future<Boolean> job =
        workers.submit(
            () -> {
              awaitNotice(waiting);
              return true;
            });

    workers.stop();

    assertThat(job.isDone()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aLatchIsAwaitedByAnInterruptedThread() {
    CountDownLatch latch = new CountDownLatch(1);
    Thread waiting = Thread.currentThread();
    waiting.interrupt();
    Thread other =
        new Thread(
            () -> {
              awaitNotice(waiting);
              latch.countDown();
            });
    other.start();

    YieldPoint.await(latch);

    assertThat(latch.getCount()).isZero();
    assertThat(Thread.interrupted()).isTrue();
    Uninterrupted.await(other::join);
  }

  /** It looks again and again, and need not take notice. */
  @Test
  void aGateIsShutByAnInterruptedThreadWhenTheLastHasLeft() {
    OperationGate gate = new OperationGate("store");
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch refuses = new CountDownLatch(1);
    boolean[] left = {false};
    Thread inside =
        new Thread(
            () -> {
              gate.enter();
              entered.countDown();
              Uninterrupted.await(refuses::await);
              left[0] = true;
              gate.exit();
            });
    inside.start();
    Uninterrupted.await(entered::await);
    Thread refused = new Thread(() -> awaitRefusal(gate, refuses));
    refused.start();
    Thread.currentThread().interrupt();

    assertThat(gate.shut()).isTrue();

    assertThat(left[0]).isTrue();
    assertThat(Thread.interrupted()).isTrue();
    Uninterrupted.await(inside::join);
    Uninterrupted.await(refused::join);
  }

  @Test
  void aFileIsReplacedByAnInterruptedThread() throws IOException {
    Path file = folder.resolve("file");
    Thread.currentThread().interrupt();

    TextFile.replace(file, List.of("a"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(Files.readAllLines(file)).first().isEqualTo("a");
  }

  @Test
  void aFileThatCannotBeReplacedKeepsTheInterrupt() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> TextFile.replace(folder.resolve("no/file"), List.of("a")))
        .isInstanceOf(IOException.class);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aFolderIsForcedByAnInterruptedThreadThereOrNot() throws IOException {
    Thread.currentThread().interrupt();
    FolderTree.force(folder);
    assertThat(Thread.interrupted()).isTrue();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> FolderTree.force(folder.resolve("no")))
        .isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void theBlocksOfAFolderAreCountedByAnInterruptedThread() throws IOException {
    Files.write(folder.resolve("file"), new byte[10_000]);
    Thread.currentThread().interrupt();

    assertThat(FolderTree.allocatedBytes(folder)).isGreaterThanOrEqualTo(10_000);

    assertThat(Thread.interrupted()).isTrue();
  }

  /** A database may do anything in a call of ours, and wait as well. */
  @Test
  void anInterruptThatADatabaseTellsIsATimeoutAndIsKept() {
    InterruptedException told = new InterruptedException();

    RuntimeException failure = Failures.of(new EndOfChildrenTest.NoDatabase(), "load failed", told);

    assertThat(failure)
        .isInstanceOfSatisfying(
            GrantStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT))
        .hasMessage("load failed: thread was interrupted")
        .hasCause(told);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void awaitNotice(Thread waiting) {
    while (waiting.isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  private static void awaitRefusal(OperationGate gate, CountDownLatch refuses) {
    try {
      while (true) {
        gate.enter();
        gate.exit();
        Thread.onSpinWait();
      }
    } catch (IllegalStateException e) {
      refuses.countDown();
    }
  }
}
