package dev.grantstore.equivalence.card;

/** What came of one rule. */
public enum Outcome {
  /** The rule is kept. */
  PASSED("passed"),
  /** The rule is broken. */
  FAILED("failed"),
  /** The engine does not claim to be able to do this. */
  NOT_CLAIMED("not claimed"),
  /** It was given up before its end, and the result says why. */
  ABORTED("aborted"),
  /** This machine cannot show it, and the result says why. */
  NOT_TESTABLE("not testable"),
  /** Nobody tried: it was left out of the run, or is disabled. */
  NOT_RUN("not run");

  private final String label;

  Outcome(String label) {
    this.label = label;
  }

  /** {@return the words for it on a card} */
  public String label() {
    return label;
  }
}
