package dev.grantstore.bench.compare;

/** What can be said of one figure of one cell. {@link VerdictRule} says when. */
public enum Verdict {
  /** A change for the better, beyond the limit, that chance does not explain. */
  BETTER("better"),
  /** A change for the worse, beyond the limit, that chance does not explain. */
  WORSE("WORSE"),
  /** Any change there may be is within the limit. */
  NO_CHANGE("no change"),
  /** Neither: the figures scatter too much, or are too few, to say. */
  INCONCLUSIVE("inconclusive");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** {@return the verdict as reports print it} */
  public String words() {
    return words;
  }
}
