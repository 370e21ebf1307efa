package dev.grantstore.equivalence.cli;

/** What the process ends with. */
final class ExitCode {
  /** All answers were equal. */
  static final int EQUAL = 0;

  /** Something was found. */
  static final int FINDING = 1;

  /** The arguments make no sense; nothing was done. */
  static final int USAGE = 2;

  /** The machine does not allow it, or the tool itself failed. */
  static final int ENVIRONMENT = 3;

  /** Somebody stopped it; what was done until then was equal. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
