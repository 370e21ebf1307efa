package dev.grantstore.equivalence.cli;

import dev.grantstore.equivalence.campaign.Progress;
import java.io.PrintWriter;
import java.time.Duration;

/** A line on standard error every ten seconds. One thread. */
final class ProgressLines implements Progress {
  private static final Duration BETWEEN = Duration.ofSeconds(10);

  private final PrintWriter err;
  private final Interruption interruption;
  private Duration next = BETWEEN;

  ProgressLines(PrintWriter err, Interruption interruption) {
    this.err = err;
    this.interruption = interruption;
  }

  @Override
  public boolean at(long tries, int findings, Duration elapsed) {
    if (elapsed.compareTo(next) >= 0) {
      err.println("%s: %,d tries, %d findings".formatted(Times.text(elapsed), tries, findings));
      err.flush();
      next = elapsed.plus(BETWEEN);
    }
    return !interruption.isRequested();
  }
}
