package dev.grantstore.equivalence.fault;

/** Power loss cannot be tested here: why stands in the message, for people. */
public final class CannotRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  CannotRecordException(String why) {
    super(why);
  }

  /** {@return a line that nobody can miss} */
  public String banner() {
    return "==== POWER LOSS NOT TESTED: " + getMessage() + " ====";
  }
}
