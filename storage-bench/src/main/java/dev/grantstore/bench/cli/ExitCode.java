package dev.grantstore.bench.cli;

/** What the process ends with. */
final class ExitCode {
  /** Everything was done. */
  static final int OK = 0;

  /**
   * Something failed that is none of the others, such as a machine that does not allow it: locked,
   * not writable, full, an engine that is not there.
   */
  static final int FAILURE = 1;

  /** The arguments make no sense; nothing was done. */
  static final int USAGE = 2;

  /** A figure became worse by more than its limit. */
  static final int REGRESSION = 3;

  /** The store gave a wrong answer, or is damaged. */
  static final int WRONG_ANSWERS = 4;

  /**
   * A regression can neither be shown nor ruled out, and that was not to pass; or no regression
   * could have been shown, whatever the figures.
   */
  static final int INCONCLUSIVE = 5;

  /** Somebody stopped it, and what was measured was printed; or a result is of such a run. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
