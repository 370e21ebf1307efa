package dev.grantstore.bench.measure;

import java.util.List;

/**
 * What a loop measured, all threads merged.
 *
 * @param hits the operations that had an answer
 * @param misses the others
 * @param ratesPerSecond the rate in each window
 * @param threads how many threads
 * @param allocatedBytes Java heap that the threads allocated
 * @param cpuNanos CPU time of the threads
 * @param process what the process used meanwhile
 */
public record Measurement(
    Tally hits,
    Tally misses,
    List<Double> ratesPerSecond,
    int threads,
    long allocatedBytes,
    long cpuNanos,
    ProcessUse process) {
  /** Copies the list. */
  public Measurement {
    ratesPerSecond = List.copyOf(ratesPerSecond);
  }

  /** {@return operations of either kind} */
  public long ops() {
    return hits.ops() + misses.ops();
  }
}
