package dev.grantstore.kudu;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import java.time.Duration;
import java.util.Locale;

/**
 * A timestamp at which all rows are read, and how long that is possible. What it reads is there for
 * as long as the table keeps its history; after that Kudu may have forgotten old rows, and ranges
 * of dropped syncs are gone, so that to go on would show too little.
 *
 * @param timestamp readers see rows below it
 * @param takenNanos when this process took it, by its own clock
 * @param history how long the table keeps what was replaced
 */
record Moment(long timestamp, long takenNanos, Duration history) {
  static Moment at(long timestamp, Duration history) {
    return new Moment(timestamp, System.nanoTime(), history);
  }

  /**
   * Asked after a read, and before anything of it is believed.
   *
   * @param seen the newest timestamp that this process has seen
   * @throws GrantStoreException with {@link Reason#TIMEOUT} if the moment is over
   */
  void requireInHistory(long seen) {
    Duration byServers = Duration.ofMillis(Hybrid.millisBetween(timestamp, seen));
    Duration byUs = Duration.ofNanos(System.nanoTime() - takenNanos);
    Duration age = byServers.compareTo(byUs) > 0 ? byServers : byUs;
    if (age.compareTo(history) > 0) {
      throw new GrantStoreException(
          Reason.TIMEOUT,
          String.format(
              Locale.ROOT,
              "moment is older than the table's history, open a new snapshot or the store again:"
                  + " age=%s history=%s",
              age,
              history));
    }
  }
}
