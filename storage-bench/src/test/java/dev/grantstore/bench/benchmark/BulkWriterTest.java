package dev.grantstore.bench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.StoreOptions;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.measure.Ticker;
import dev.grantstore.bench.testengine.Subjects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class BulkWriterTest {
  @Test
  void anInterruptEndsItLeavesNothingAndIsKept() {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (GrantStore store = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE))) {
      BulkWriter writer =
          new BulkWriter(
              new EndlessFeed(), Subjects.inMemory().sync(), 2, pool, new Halt(), Ticker.SYSTEM);
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> writer.write(store))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("interrupted");

      assertThat(Thread.interrupted()).isTrue();
      assertThat(store.syncs()).isEmpty();
    } finally {
      pool.shutdownNow();
    }
  }

  /** Gives nothing until it is interrupted. */
  private static final class EndlessFeed implements GrantFeed {
    @Override
    public void part(int part, int parts, Predicate<Grant> taker) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public FeedSource source() {
      throw new UnsupportedOperationException();
    }
  }
}
