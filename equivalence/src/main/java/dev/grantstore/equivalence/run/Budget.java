package dev.grantstore.equivalence.run;

import java.time.Duration;

/**
 * How long a reduction may go on; it ends with what it has then.
 *
 * @param runs the most runs of candidates
 * @param time about the longest time
 */
public record Budget(int runs, Duration time) {
  /** Enough for a workload of some hundred operations. */
  public static final Budget DEFAULT = new Budget(2_000, Duration.ofSeconds(60));

  static final Budget UNLIMITED = new Budget(Integer.MAX_VALUE, Duration.ofDays(1));
}
