package dev.grantstore.bench.cli;

/** What the process ends with. */
final class ExitCode {
  /** Everything was done. */
  static final int OK = 0;

  /** Something failed that is none of the others. */
  static final int FAILURE = 1;

  /** The arguments make no sense; nothing was done. */
  static final int USAGE = 2;

  /** The machine does not allow it: locked, not writable, full, an engine that is not there. */
  static final int ENVIRONMENT = 3;

  /** The store gave a wrong answer, or is damaged. */
  static final int WRONG_ANSWERS = 4;

  /** Somebody stopped it; what was measured was printed. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
