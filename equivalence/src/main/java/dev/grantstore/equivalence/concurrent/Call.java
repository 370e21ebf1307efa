package dev.grantstore.equivalence.concurrent;

import dev.grantstore.equivalence.check.Answer;

/**
 * One call that a lane made: what it was, what came of it, and when. Immutable.
 *
 * @param lane whose, from 1; 0 for what was done before and after the lanes
 * @param text the call in words
 * @param effect whom it may change something for
 * @param action makes the same call again, on the reference
 * @param answer what the store answered
 * @param invoked the moment it began
 * @param returned the moment it was over
 */
record Call(
    int lane,
    String text,
    Effect effect,
    Action action,
    Answer answer,
    long invoked,
    long returned) {
  /** Whom a call that is not refused may change something for. */
  enum Effect {
    /** Nobody. */
    NONE,
    /** Later calls of its lane only. */
    LANE,
    /** Everybody. */
    ALL
  }

  /** Makes a call. */
  interface Action {
    /** {@return what came of it} */
    Answer on(Held held);
  }

  /** {@return whether calls of other lanes may answer otherwise for it} */
  boolean isSeen() {
    return effect == Effect.ALL && !answer.isRefused();
  }
}
