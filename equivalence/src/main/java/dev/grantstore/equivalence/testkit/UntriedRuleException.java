package dev.grantstore.equivalence.testkit;

import dev.grantstore.equivalence.card.Card.Outcome;
import org.opentest4j.TestAbortedException;

/**
 * Ends a rule that the kit itself does not try. Engines may abort tests too, in their open; only
 * this type tells the one from the other, whatever the messages are.
 */
final class UntriedRuleException extends TestAbortedException {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;

  private UntriedRuleException(Outcome outcome, String message) {
    super(message);
    this.outcome = outcome;
  }

  /** {@return for a rule that needs what the engine does not claim} */
  static UntriedRuleException notClaimed(Capability capability) {
    return new UntriedRuleException(Outcome.NOT_CLAIMED, "not claimed: " + capability);
  }

  /** {@return for a rule that this machine cannot show, whatever the engine is} */
  static UntriedRuleException notTestable(String reason) {
    return new UntriedRuleException(Outcome.NOT_TESTABLE, "not testable: " + reason);
  }

  /** {@return what the card says of the rule} */
  Outcome outcome() {
    return outcome;
  }
}
