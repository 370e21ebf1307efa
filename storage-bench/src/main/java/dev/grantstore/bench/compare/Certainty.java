package dev.grantstore.bench.compare;

/** How sure it is that the first of two is the faster: {@link VerdictRule} in fewer words. */
public enum Certainty {
  /** Claimed, whatever else was compared in the run. */
  SURE("sure"),
  /** It would be claimed if nothing else had been compared. */
  ALONE("taken alone"),
  /** Any difference there may be is within the limit. */
  SAME("no difference"),
  /** The figures scatter too much to say. */
  UNTOLD("not told apart"),
  /** The forks are too few to say anything. */
  TOO_FEW("too few forks to say");

  private final String words;

  Certainty(String words) {
    this.words = words;
  }

  static Certainty of(Change change) {
    return switch (change.verdict()) {
      case WORSE -> SURE;
      // It was picked by all its forks and is judged by the rounds that both have.
      case BETTER -> UNTOLD;
      case NO_CHANGE -> SAME;
      case INCONCLUSIVE ->
          change.wholeForks() < VerdictRule.LEAST_FORKS
              ? TOO_FEW
              : change.claimedAlone() && change.isWorse() ? ALONE : UNTOLD;
    };
  }

  /** {@return as every report prints it} */
  public String words() {
    return words;
  }
}
