package dev.grantstore.bench.result;

/**
 * What the harness itself costs: the same loop, questions and checks on a null engine, whose rows
 * are ready made.
 *
 * @param nanosPerOp CPU time per operation, on each thread
 * @param sharePercent of the time an operation of the cell's fastest outcome takes
 */
public record HarnessCost(double nanosPerOp, double sharePercent) {
  /** Over this share a report warns. */
  public static final double LIMIT_PERCENT = 5;

  /** Checks the bounds. */
  public HarnessCost {
    Bounds.notNegative("nanosPerOp", nanosPerOp);
    Bounds.notNegative("sharePercent", sharePercent);
  }

  /** {@return whether the harness costs more than it should} */
  public boolean exceedsLimit() {
    return sharePercent > LIMIT_PERCENT;
  }
}
