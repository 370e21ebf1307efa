package dev.grantstore.bench.measure;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Time that passes only when a test says so; each thread has its own, from 0 on. */
final class ManualTicker implements Ticker {
  private final ConcurrentMap<Thread, Long> nanos = new ConcurrentHashMap<>();

  /** Lets time pass on this thread. */
  void advance(long byNanos) {
    nanos.merge(Thread.currentThread(), byNanos, Long::sum);
  }

  @Override
  public long nanos() {
    return nanos.getOrDefault(Thread.currentThread(), 0L);
  }

  @Override
  public void pause(long leftNanos) {
    advance(leftNanos);
  }
}
