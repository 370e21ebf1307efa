package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.CellResult.Steadiness.Verdict;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSettings.Schedule;

/**
 * An engine in a comparison.
 *
 * @param series what it was measured by
 * @param figure what it is compared by
 */
record Contender(CellSeries series, Figure figure) {

  String engine() {
    return series.engine();
  }

  /** {@return whether its forks are whole, and enough to claim something} */
  boolean isEnough() {
    return figure.hasInterval() && !isCutShort();
  }

  private boolean isCutShort() {
    return cutShortForks() > 0;
  }

  long cutShortForks() {
    return series.forks().stream().filter(fork -> fork.cell().interrupted()).count();
  }

  /** {@return how many forks had a rate that rose, fell or jumped} */
  long unsteadyForks() {
    return series.forks().stream()
        .map(fork -> fork.cell().rate().steadiness().verdict())
        .filter(verdict -> verdict == Verdict.DRIFTING || verdict == Verdict.UNEVEN)
        .count();
  }

  /** {@return in how many forks of an open loop it could not keep up with the rate} */
  long missedForks() {
    return series.forks().stream()
        .filter(
            fork -> {
              Schedule schedule = fork.cell().schedule();
              return schedule != null && schedule.isMissed();
            })
        .count();
  }
}
