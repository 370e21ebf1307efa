package dev.grantstore.equivalence.card;

/** What a whole card comes to. */
public enum Verdict {
  /**
   * Every rule that the engine claims was tried and is kept, but for those that this machine cannot
   * show: the card lists them and its sentence counts them.
   */
  CONFORMS("Keeps every rule it claims."),
  /** At least one rule is broken. */
  BROKEN("Breaks the contract."),
  /** Nothing is broken, but rules were left out, or were given up before their end. */
  INCOMPLETE("Not judged: not every rule was run to its end.");

  private final String sentence;

  Verdict(String sentence) {
    this.sentence = sentence;
  }

  /** {@return the sentence for it; a card knows more, see {@link Card#sentence}} */
  public String sentence() {
    return sentence;
  }
}
