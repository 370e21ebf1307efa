package dev.grantstore.bench.cli;

import dev.grantstore.GrantStoreException;
import dev.grantstore.bench.benchmark.WrongAnswerException;
import dev.grantstore.fixture.error.FixtureException;
import java.io.UncheckedIOException;

/** Says what a failure means on the command line: an exit code and one line. */
final class Failures {
  private Failures() {}

  /** {@return the exit code for a failure} */
  static int exitCode(Throwable failure) {
    if (failure instanceof WrongAnswerException) {
      return ExitCode.WRONG_ANSWERS;
    }
    if (failure instanceof FixtureException fixture) {
      return exitCode(fixture);
    }
    if (failure instanceof GrantStoreException store) {
      return exitCode(store);
    }
    return ExitCode.FAILURE;
  }

  /** {@return what went wrong, in one line} */
  static String line(Throwable failure) {
    if (outOfMemory(failure)) {
      return "out of memory: raise the heap with GRANTSTORE_JAVA_OPTS=-Xmx4g, or use fewer --threads";
    }
    String message = failure.getMessage();
    Throwable cause = failure.getCause();
    String text;
    if (message == null) {
      text = failure.getClass().getSimpleName();
    } else if (failure instanceof UncheckedIOException && cause != null) {
      text = message + ": " + cause;
    } else if (failure instanceof WrongAnswerException
        || failure instanceof FixtureException
        || failure instanceof GrantStoreException) {
      text = message;
    } else {
      text = failure.getClass().getSimpleName() + ": " + message;
    }
    return text.replaceAll("\\s*\\R\\s*", " ");
  }

  /** Whichever thread it was that ran out, and whoever wrapped it. */
  private static boolean outOfMemory(Throwable failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof OutOfMemoryError) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static int exitCode(FixtureException failure) {
    return switch (failure.problem()) {
      case BAD_INPUT, BAD_TARGET, NOT_A_FIXTURE -> ExitCode.USAGE;
      case DAMAGED -> ExitCode.WRONG_ANSWERS;
      case TOO_NEW, FAILED -> ExitCode.FAILURE;
      case CANCELLED -> ExitCode.INTERRUPTED;
    };
  }

  private static int exitCode(GrantStoreException failure) {
    return switch (failure.reason()) {
      case CORRUPTION, DATA_LOSS, SYNC_UNKNOWN -> ExitCode.WRONG_ANSWERS;
      case VERSION_TOO_NEW,
          STORE_MISSING,
          STORE_EXISTS,
          NOT_A_STORE,
          LOCKED,
          NOT_WRITABLE,
          UNSUPPORTED,
          NO_SPACE,
          IO,
          SYNC_EXISTS,
          SYNC_SEALED,
          READ_ONLY,
          INVALID_PAGE_TOKEN,
          TIMEOUT ->
          ExitCode.FAILURE;
    };
  }
}
