package dev.grantstore.bench.result;

/** What is in memory when measuring starts. */
public enum Temperature {
  /** What the warm-up left there. */
  WARM("warm"),
  /**
   * Nothing of the store: a new process, an empty block cache, and its files' pages dropped from
   * the system's cache. There is no warm-up, of Java neither. What is read once is warm, so no key
   * is asked for twice, but for what a skewed distribution draws again: the cell ends when all keys
   * were asked for, after {@value #MOST_COLD_OPS} operations of each thread, or when the time is
   * up, whichever is first. Its rate rises as it goes and is never called steady.
   */
  COLD("cold");

  /**
   * The most operations of a thread in a cold cell. Upper index blocks and neighbours of rows that
   * were read are in memory soon, and Java has compiled its paths after some thousand calls; fewer
   * than 1,000 operations have no 99th percentile.
   */
  public static final int MOST_COLD_OPS = 2_000;

  private final String word;

  Temperature(String word) {
    this.word = word;
  }

  /** {@return its name on the command line and in reports} */
  public String word() {
    return word;
  }
}
