package dev.grantstore.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.EntitlementRef;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class PacedWriterTest {
  private static final int GRANTS = 2 * PacedWriter.BATCH_ROWS + 50;

  /** There is always something to write, however few grants there are. */
  @Test
  void behindTheLastGrantComesTheFirst() throws InterruptedException {
    BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
    List<String> written = new ArrayList<>();
    try (GrantStore memory = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE));
        PacedWriter writer = PacedWriter.start(noting(memory, batches), new Feed())) {
      while (written.size() < 2 * GRANTS) {
        List<String> batch = batches.take();
        assertThat(batch).hasSizeBetween(1, PacedWriter.BATCH_ROWS);
        written.addAll(batch);
      }
      assertThat(writer.written().grantsPerSecond()).isPositive();
    }
    for (int i = 0; i < written.size(); i++) {
      assertThat(written.get(i)).isEqualTo("g" + i % GRANTS);
    }
  }

  @Test
  void itsEndIsAwaitedByAnInterruptedThreadAndTheInterruptIsKept() {
    Thread waiting = Thread.currentThread();
    CountDownLatch writes = new CountDownLatch(1);
    AtomicBoolean wrote = new AtomicBoolean();
    try (GrantStore memory = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE))) {
      GrantStore slow =
          new ForwardingGrantStore(memory) {
            @Override
            public void putAll(String syncId, Collection<Grant> grants) {
              writes.countDown();
              // Until the interrupt is noticed, by whoever closes it.
              spinWhile(waiting::isInterrupted);
              wrote.set(true);
            }
          };
      waiting.interrupt();
      PacedWriter writer = PacedWriter.start(slow, new Feed());
      spinWhile(() -> writes.getCount() > 0);

      writer.close();

      boolean hasEnded = wrote.get();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(hasEnded).isTrue();
    }
  }

  /** However soon it had caught up. */
  @Test
  void oneStallIsItsLateness() throws InterruptedException {
    BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
    try (GrantStore memory = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE))) {
      GrantStore stalling =
          new ForwardingGrantStore(noting(memory, batches)) {
            private long until;

            @Override
            public void putAll(String syncId, Collection<Grant> grants) {
              if (until == 0) {
                until = System.nanoTime() + 100_000_000;
                spinWhile(() -> System.nanoTime() - until < 0);
              }
              super.putAll(syncId, grants);
            }
          };
      try (PacedWriter writer = PacedWriter.start(stalling, new Feed())) {
        for (int i = 0; i < 40; i++) {
          batches.take();
        }
        // The second was due 10 ms behind the first, which took 100.
        assertThat(writer.written().mostLateMillis()).isGreaterThanOrEqualTo(89);
      }
    }
  }

  private static void spinWhile(BooleanSupplier condition) {
    while (condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static GrantStore noting(GrantStore store, BlockingQueue<List<String>> batches) {
    return new ForwardingGrantStore(store) {
      @Override
      public void putAll(String syncId, Collection<Grant> grants) {
        super.putAll(syncId, grants);
        batches.add(grants.stream().map(Grant::id).toList());
      }
    };
  }

  private static final class Feed implements GrantFeed {
    @Override
    public void part(int part, int parts, Predicate<Grant> taker) {
      for (int i = 0; i < GRANTS; i++) {
        EntitlementRef entitlement = new EntitlementRef("", "", "e");
        if (!taker.test(Grant.of("g" + i, entitlement, new PrincipalRef("", "p"), Instant.EPOCH))) {
          return;
        }
      }
    }

    @Override
    public FeedSource source() {
      throw new UnsupportedOperationException();
    }
  }
}
