package dev.grantstore.bench.result;

import java.io.IOException;

/** A text is not a result that this program reads: another format version, or no result at all. */
public final class ResultFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  ResultFormatException(String message) {
    super(message);
  }

  ResultFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
