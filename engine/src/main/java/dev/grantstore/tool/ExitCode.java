package dev.grantstore.tool;

import dev.grantstore.GrantStoreException;

/**
 * What every tool's process ends with, and the words of it in a command's help: {@code
 * exitCodeList} of a command names those that it has, in the words here or in words of its own.
 */
public final class ExitCode {
  /** Everything was done. */
  public static final int OK = 0;

  /**
   * The machine does not allow it (locked, not writable, full), or the tool itself failed; output
   * that could not be written is a failure too.
   */
  public static final int FAILURE = 1;

  /** The arguments, or a file that they name, make no sense; nothing was done. */
  public static final int USAGE = 2;

  /** What was looked for is there: a regression, or a difference. */
  public static final int FOUND = 3;

  /** A store gave a wrong answer, or what is read is damaged. */
  public static final int WRONG = 4;

  /** Neither this nor that can be said: too noisy, too few forks, too little covered. */
  public static final int INCONCLUSIVE = 5;

  /** Somebody stopped it by Ctrl-C; by SIGTERM the process ends with 143. */
  public static final int INTERRUPTED = 130;

  /** {@link #OK} in a command's help. */
  public static final String HELP_OK = "  0:done";

  /** {@link #FAILURE} in a command's help. */
  public static final String HELP_FAILURE =
      "  1:the machine does not allow it (locked, full, not writable), or the tool failed";

  /** {@link #USAGE} in a command's help. */
  public static final String HELP_USAGE = "  2:arguments or input that make no sense";

  /** {@link #WRONG} in a command's help. */
  public static final String HELP_WRONG = "  4:a wrong answer, or damage";

  /** {@link #INTERRUPTED} in a command's help. */
  public static final String HELP_INTERRUPTED = "130:interrupted by Ctrl-C (143: by SIGTERM)";

  private ExitCode() {}

  /**
   * {@return the code for what a store says}
   *
   * @param failure thrown by a store, or by whoever looks for one
   */
  public static int of(GrantStoreException failure) {
    return switch (failure.reason()) {
      case CORRUPTION, DATA_LOSS, SYNC_UNKNOWN -> WRONG;
      case STORE_MISSING, STORE_EXISTS, NOT_A_STORE, VERSION_TOO_NEW -> USAGE;
      case UNSUPPORTED -> failure.getCause() instanceof LinkageError ? FAILURE : USAGE;
      case LOCKED,
          NOT_WRITABLE,
          NO_SPACE,
          IO,
          TIMEOUT,
          SYNC_EXISTS,
          SYNC_SEALED,
          READ_ONLY,
          INVALID_PAGE_TOKEN ->
          FAILURE;
    };
  }
}
