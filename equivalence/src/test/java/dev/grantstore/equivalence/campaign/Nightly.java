package dev.grantstore.equivalence.campaign;

import java.time.Duration;
import java.util.Locale;

/** The one flag of the nightly tier: {@code -Dequiv.nightly=45m}. */
final class Nightly {
  private static final String FLAG = "equiv.nightly";

  private Nightly() {}

  /** {@return how long its campaign runs} */
  static Duration time() {
    return Duration.parse("PT" + System.getProperty(FLAG, "1s").toUpperCase(Locale.ROOT));
  }
}
