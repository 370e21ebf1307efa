package dev.grantstore.bench.experiment;

import java.time.Duration;
import java.util.Locale;

/** Says how far a run is and when it will end, from how long its forks have taken. One thread. */
final class TimeLeft {
  private final int total;
  private final long startedAt = System.nanoTime();
  private int done;

  TimeLeft(int total) {
    this.total = total;
  }

  void step() {
    done++;
  }

  /** {@return words such as {@code 13/120, about 12 min left}} */
  String words() {
    if (done == 0) {
      return String.format(Locale.ROOT, "%d/%d", done + 1, total);
    }
    double seconds = (System.nanoTime() - startedAt) / 1e9 / done * (total - done);
    Duration left = Duration.ofMillis(Math.round(seconds * 1e3));
    return String.format(Locale.ROOT, "%d/%d, about %s left", done + 1, total, Spoken.time(left));
  }
}
