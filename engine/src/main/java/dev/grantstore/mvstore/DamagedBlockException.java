package dev.grantstore.mvstore;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The file does not hold what was written. */
final class DamagedBlockException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedBlockException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
