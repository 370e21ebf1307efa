package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OperationGateTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final OperationGate gate = new OperationGate("store");

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void refusesOnceShut() {
    gate.enter();
    gate.exit();

    assertThat(gate.shut()).isTrue();

    assertThatIllegalStateException().isThrownBy(gate::enter).withMessage("store is closed");
    assertThat(gate.shut()).isFalse();
  }

  @Test
  void aRefusedCallerIsNotCounted() {
    gate.shut();
    for (int i = 0; i < 100; i++) {
      assertThatIllegalStateException().isThrownBy(gate::enter);
    }

    assertThat(gate.shut()).isFalse();
  }

  @Test
  void shutWaitsForThoseInside() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    AtomicBoolean left = new AtomicBoolean();
    Future<?> caller =
        threads.submit(
            () -> {
              gate.enter();
              inside.countDown();
              await(leave);
              left.set(true);
              gate.exit();
            });
    await(inside);
    Future<Boolean> leftBeforeShut =
        threads.submit(
            () -> {
              gate.shut();
              return left.get();
            });
    Await.until("the gate refuses", TIMEOUT, this::refuses);

    assertThat(leftBeforeShut.isDone()).isFalse();
    leave.countDown();

    assertThat(leftBeforeShut.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    caller.get();
  }

  @Test
  void nobodyIsInsideAfterShut() throws Exception {
    for (int round = 0; round < 50; round++) {
      OperationGate raced = new OperationGate("store");
      AtomicBoolean released = new AtomicBoolean();
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        callers.add(threads.submit(() -> enterUntilRefused(raced, released)));
      }
      raced.shut();
      released.set(true);
      for (Future<?> caller : callers) {
        caller.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  private static void enterUntilRefused(OperationGate gate, AtomicBoolean released) {
    while (true) {
      try {
        gate.enter();
      } catch (IllegalStateException e) {
        return;
      }
      try {
        assertThat(released).isFalse();
      } finally {
        gate.exit();
      }
    }
  }

  private boolean refuses() {
    try {
      gate.enter();
    } catch (IllegalStateException e) {
      return true;
    }
    gate.exit();
    return false;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
