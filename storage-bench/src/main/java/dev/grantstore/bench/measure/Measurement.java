package dev.grantstore.bench.measure;

import dev.grantstore.bench.result.CellResult.WarmUp;
import dev.grantstore.bench.result.CellSettings.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a loop measured, all threads merged.
 *
 * @param hits the operations that had an answer
 * @param misses the others
 * @param warmup what was run before
 * @param schedule how well start times were kept; null in a closed loop
 * @param ratesPerSecond the rate in each window
 * @param threads how many threads
 * @param allocatedBytes Java heap that the threads allocated
 * @param cpuNanos CPU time of the threads
 * @param process what the process used meanwhile
 */
public record Measurement(
    Tally hits,
    Tally misses,
    WarmUp warmup,
    @Nullable Schedule schedule,
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
