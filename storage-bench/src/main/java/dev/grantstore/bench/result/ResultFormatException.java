package dev.grantstore.bench.result;

import java.io.IOException;

/**
 * A text is not what this program reads: another format version, damaged, or something else
 * altogether. The message says which, and names the field where there is one.
 */
public final class ResultFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what is wrong, in a line
   */
  public ResultFormatException(String message) {
    super(message);
  }

  /**
   * Creates an exception.
   *
   * @param message what is wrong, in a line
   * @param cause found it
   */
  public ResultFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
