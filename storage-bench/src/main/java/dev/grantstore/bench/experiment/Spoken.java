package dev.grantstore.bench.experiment;

import java.time.Duration;
import java.util.Locale;

/** Times as people say them, when they are about so long. */
public final class Spoken {
  private Spoken() {}

  /**
   * {@return words such as {@code 45 s}, {@code 12 min} or {@code 3.5 h}}
   *
   * @param time any
   */
  public static String time(Duration time) {
    double seconds = time.toMillis() / 1e3;
    if (seconds < 120) {
      return seconds < 1
          ? String.format(Locale.ROOT, "%d ms", time.toMillis())
          : String.format(Locale.ROOT, "%d s", Math.round(seconds));
    }
    return seconds < 3 * 3600
        ? String.format(Locale.ROOT, "%d min", Math.round(seconds / 60))
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
