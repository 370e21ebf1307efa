package dev.grantstore.kudu;

import dev.grantstore.GrantStoreException;
import dev.grantstore.Reason;
import dev.grantstore.keyvalue.EngineOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The engine options a caller may set; whole numbers, their names in lower case. */
enum KuduOption {
  /** How many replicas a new table has; 0 takes 3, or 1 where there are fewer servers. */
  REPLICAS(0, 0, 7),
  /**
   * How long a new table keeps what was replaced, in seconds: the longest age of a snapshot, and
   * how soon after a crash a store must be opened again.
   */
  HISTORY_SECONDS(604_800, 1, 31_536_000),
  /** After how long without a sign of life a writer counts as gone. */
  LEASE_MILLIS(15_000, 1_000, 3_600_000),
  /** After how long a call is given up that the cluster does not answer. */
  TIMEOUT_MILLIS(30_000, 100, 3_600_000),
  /** About how many bytes of a load make one range of the table. */
  RANGE_BYTES(1L << 30, 1L << 10, 1L << 40);

  private final long usual;
  private final long least;
  private final long most;

  KuduOption(long usual, long least, long most) {
    this.usual = usual;
    this.least = least;
    this.most = most;
  }

  long most() {
    return most;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return the value of this option, which is among them or has its default} */
  long of(Map<String, String> options) {
    String text = options.get(label());
    return text == null ? usual : parse(text);
  }

  /**
   * Checks names and values, each alone.
   *
   * @throws IllegalArgumentException if one is unknown, no whole number or out of range
   */
  static void check(Map<String, String> options) {
    for (Map.Entry<String, String> entry : options.entrySet()) {
      EngineOptions.named(values(), KuduOption::label, entry.getKey()).parse(entry.getValue());
    }
  }

  /**
   * Checks the history of a table that is to be made, as {@link #requireFit} does.
   *
   * @throws IllegalArgumentException if it is too short
   */
  static void requireFitOfNew(Map<String, String> options) {
    misfit(HISTORY_SECONDS.of(options), options)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
  }

  /**
   * Refuses a history that may be over while everything is as it should be. Between two signs of
   * life a third of the lease goes by, and a call may take its time-out; whoever comes after a
   * writer that died waits for the end of the lease, and must find what the last writes replaced.
   *
   * @param historySeconds of a table that is there
   * @param options as they are {@link #fitted} to it
   * @throws GrantStoreException with {@link Reason#UNSUPPORTED} if that is less than two leases and
   *     a time-out
   */
  static void requireFit(long historySeconds, Map<String, String> options) {
    misfit(historySeconds, options)
        .ifPresent(
            problem -> {
              throw new GrantStoreException(Reason.UNSUPPORTED, problem);
            });
  }

  /**
   * {@return options whose lease and time-out are a quarter and half of a table's history, if two
   * of the one and one of the other are more than it is} What the caller has set stays.
   *
   * @param historySeconds of a table that is there
   */
  static Map<String, String> fitted(long historySeconds, Map<String, String> options) {
    if (misfit(historySeconds, options).isEmpty()) {
      return options;
    }
    Map<String, String> fitted = new TreeMap<>(options);
    fitted.putIfAbsent(LEASE_MILLIS.label(), LEASE_MILLIS.atMost(historySeconds * 1_000 / 4));
    fitted.putIfAbsent(TIMEOUT_MILLIS.label(), TIMEOUT_MILLIS.atMost(historySeconds * 1_000 / 2));
    return fitted;
  }

  private String atMost(long value) {
    return Long.toString(Math.max(least, Math.min(usual, value)));
  }

  private static Optional<String> misfit(long historySeconds, Map<String, String> options) {
    long lease = LEASE_MILLIS.of(options);
    long timeout = TIMEOUT_MILLIS.of(options);
    long least = (2 * lease + timeout + 999) / 1_000;
    return historySeconds >= least
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "table's history is shorter than two leases and a time-out:"
                    + " %s=%d least=%d %s=%d %s=%d",
                HISTORY_SECONDS.label(),
                historySeconds,
                least,
                LEASE_MILLIS.label(),
                lease,
                TIMEOUT_MILLIS.label(),
                timeout));
  }

  private long parse(String text) {
    return EngineOptions.number(label(), text, least, most);
  }
}
