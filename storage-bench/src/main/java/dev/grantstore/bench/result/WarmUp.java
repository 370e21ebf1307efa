package dev.grantstore.bench.result;

/**
 * What was run before anything was kept.
 *
 * @param seconds how long
 * @param steadiness of the rate in its last part, which decided whether to go on; {@code TOO_SHORT}
 *     where there was no warm-up
 */
public record WarmUp(double seconds, Steadiness steadiness) {
  /** No warm-up. */
  public static final WarmUp NONE =
      new WarmUp(0, new Steadiness(Steadiness.Verdict.TOO_SHORT, 0, 0));

  /** Checks the bounds. */
  public WarmUp {
    Bounds.notNegative("seconds", seconds);
  }
}
