package dev.grantstore.equivalence.card;

/** What a whole card comes to. */
public enum Verdict {
  /** Every rule that the engine claims was tried and is kept. */
  CONFORMS("Keeps every rule it claims."),
  /** At least one rule is broken. */
  BROKEN("Breaks the contract."),
  /** Nothing is broken, but rules were left out. */
  INCOMPLETE("Not judged: not every rule was run.");

  private final String sentence;

  Verdict(String sentence) {
    this.sentence = sentence;
  }

  /** {@return the sentence for it on a card} */
  public String sentence() {
    return sentence;
  }
}
