package dev.grantstore.bench.result;

import java.time.Duration;

/**
 * How a run measured.
 *
 * @param forks how many JVMs were started for each cell; 0 when all was measured in one JVM, the
 *     one that reports
 * @param order in which order forks ran, in words
 * @param cellTimeout after how long a fork that does not answer is ended
 * @param cacheBytes memory for cached blocks, the same for every engine
 * @param durability what a returned write survives, the same for every engine
 */
public record Method(
    int forks, String order, Duration cellTimeout, long cacheBytes, String durability) {
  /** Checks the bounds. */
  public Method {
    Bounds.notNegative("forks", forks);
    Bounds.notNegative("cacheBytes", cacheBytes);
  }
}
