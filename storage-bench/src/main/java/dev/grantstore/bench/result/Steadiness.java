package dev.grantstore.bench.result;

/**
 * Whether the rate stayed the same while it was measured.
 *
 * @param verdict the answer
 * @param driftPercent how far a straight line through the windows rises (or falls) from the first
 *     to the last, in percent of the mean
 * @param spreadPercent standard deviation of the windows around that line, in percent of the mean
 */
public record Steadiness(Verdict verdict, double driftPercent, double spreadPercent) {
  /** Checks the bounds. */
  public Steadiness {
    Bounds.finite("driftPercent", driftPercent);
    Bounds.finite("spreadPercent", spreadPercent);
  }

  /** What the test says. */
  public enum Verdict {
    /** Neither drift nor spread is over its limit. */
    STEADY("steady"),
    /** The rate was still rising or falling. */
    DRIFTING("not steady: drifting"),
    /** The rate went up and down. */
    UNEVEN("not steady: uneven"),
    /** Too few windows to say. */
    TOO_SHORT("too short to say");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /** {@return the verdict as reports print it} */
    public String words() {
      return words;
    }
  }
}
