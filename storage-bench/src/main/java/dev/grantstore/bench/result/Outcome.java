package dev.grantstore.bench.result;

import org.jspecify.annotations.Nullable;

/**
 * The operations of one cell that had one kind of answer; hits and misses are never added up.
 *
 * @param name {@code all}, {@code hit} or {@code miss}
 * @param ops operations, each with a checked answer
 * @param rows rows they returned
 * @param opsPerSecond operations per second spent on operations of this outcome, all threads; in an
 *     open loop, whose threads wait between operations, of each second that passed
 * @param rowsPerSecond rows per second, likewise
 * @param nanosPerOp mean time of an operation on its thread
 * @param nanosPerRow mean time of a row on its thread; 0 where there were no rows
 * @param latency how the service times are distributed
 * @param response how the response times are distributed, from the scheduled start to the answer;
 *     null in a closed loop, which has none
 * @param lengths how many rows the answers had
 */
public record Outcome(
    String name,
    long ops,
    long rows,
    double opsPerSecond,
    double rowsPerSecond,
    double nanosPerOp,
    double nanosPerRow,
    Latency latency,
    @Nullable Latency response,
    LengthSpread lengths) {
  /** Checks the bounds. */
  public Outcome {
    Bounds.notNegative("ops", ops);
    Bounds.notNegative("rows", rows);
    Bounds.notNegative("opsPerSecond", opsPerSecond);
    Bounds.notNegative("rowsPerSecond", rowsPerSecond);
    Bounds.notNegative("nanosPerOp", nanosPerOp);
    Bounds.notNegative("nanosPerRow", nanosPerRow);
  }

  /** {@return rows in the answer to one operation, on average} */
  public double rowsPerOp() {
    return ops == 0 ? 0 : (double) rows / ops;
  }
}
