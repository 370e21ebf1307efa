package dev.grantstore.bench.benchmark;

/** Where the grants of a feed come from while they are written. */
public enum FeedSource {
  /** Built before. */
  HELD("held"),
  /** Made by the generator, on the threads that write. */
  GENERATED("generated in the clock"),
  /** Read from a store, by one thread. */
  READ("read in the clock");

  private final String words;

  FeedSource(String words) {
    this.words = words;
  }

  /** {@return what reports print} */
  public String words() {
    return words;
  }

  /**
   * {@return how many threads feed}
   *
   * @param wanted how many were asked for
   */
  public int threads(int wanted) {
    return this == READ ? 1 : wanted;
  }
}
