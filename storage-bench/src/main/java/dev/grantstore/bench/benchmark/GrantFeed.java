package dev.grantstore.bench.benchmark;

import dev.grantstore.Grant;
import java.util.function.Predicate;

/** Gives all grants of a sync, in parts that several threads can take at once. Thread-safe. */
public interface GrantFeed {
  /**
   * Gives the grants of one part, in order. The parts one after the other are all grants; a feed
   * that cannot be cut gives all in part 0.
   *
   * @param part from 0
   * @param parts how many
   * @param taker says false to end the part early
   */
  void part(int part, int parts, Predicate<Grant> taker);

  /** {@return where the grants come from} */
  FeedSource source();
}
