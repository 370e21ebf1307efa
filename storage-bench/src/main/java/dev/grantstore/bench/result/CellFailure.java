package dev.grantstore.bench.result;

/**
 * Something that was to be measured and was not.
 *
 * @param engine the engine's name in this run
 * @param question what was asked and how, as {@link CellSeries#question}; empty where the engine
 *     itself was not to be had
 * @param round the round of the run, from 0
 * @param kind what went wrong
 * @param reason the same in a line
 */
public record CellFailure(String engine, String question, int round, Kind kind, String reason) {
  /** Checks the bounds. */
  public CellFailure {
    Bounds.notNegative("round", round);
  }

  /** What can go wrong with one fork. */
  public enum Kind {
    /** The engine is not there: no library, or not for this platform. */
    UNAVAILABLE,
    /** An answer was wrong. */
    WRONG_ANSWER,
    /** The fork did not answer in time and was ended. */
    TIMEOUT,
    /** The fork died, or failed otherwise. */
    FAILED
  }
}
