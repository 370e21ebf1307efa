package dev.grantstore.bench.result;

/** What is in memory when measuring starts. */
public enum Temperature {
  /** What the warm-up left there. */
  WARM("warm"),
  /**
   * Nothing of the store: a new process, an empty block cache, and its files' pages dropped from
   * the system's cache. There is no warm-up, of Java neither.
   */
  COLD("cold");

  private final String word;

  Temperature(String word) {
    this.word = word;
  }

  /** {@return its name on the command line and in reports} */
  public String word() {
    return word;
  }
}
