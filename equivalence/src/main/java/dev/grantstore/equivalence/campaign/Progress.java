package dev.grantstore.equivalence.campaign;

import java.time.Duration;

/** Hears of a campaign while it runs, several times a second, on the campaign's own thread. */
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (tries, findings, elapsed) -> true;

  /**
   * Tells how far it is.
   *
   * @param tries workloads run so far
   * @param findings signatures found so far
   * @param elapsed since the beginning
   * @return whether to go on
   */
  boolean at(long tries, int findings, Duration elapsed);
}
