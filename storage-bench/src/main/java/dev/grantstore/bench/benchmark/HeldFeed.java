package dev.grantstore.bench.benchmark;

import dev.grantstore.Grant;
import dev.grantstore.bench.measure.Halt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** All grants of another feed, built beforehand and held in memory. */
final class HeldFeed implements GrantFeed {
  /** About what a small grant with its ids takes on the heap; a rough guard, no promise. */
  private static final long BYTES_PER_GRANT = 600;

  /** Held grants may take this part of the heap. */
  private static final int HEAP_PART = 4;

  private final List<Grant> grants;

  private HeldFeed(List<Grant> grants) {
    this.grants = grants;
  }

  /**
   * {@return the feed held in memory, or the feed itself where that would take too much}
   *
   * @param feed read to its end
   * @param count how many grants it has
   * @param halt ends early; the feed then lacks grants
   */
  static GrantFeed ifItFits(GrantFeed feed, long count, Halt halt) {
    if (count > Runtime.getRuntime().maxMemory() / HEAP_PART / BYTES_PER_GRANT) {
      return feed;
    }
    List<Grant> grants = new ArrayList<>((int) count);
    feed.part(
        0,
        1,
        grant -> {
          grants.add(grant);
          return !halt.isRequested();
        });
    return new HeldFeed(grants);
  }

  @Override
  public void part(int part, int parts, Predicate<Grant> taker) {
    int from = (int) ((long) grants.size() * part / parts);
    int to = (int) ((long) grants.size() * (part + 1) / parts);
    for (int i = from; i < to; i++) {
      if (!taker.test(grants.get(i))) {
        return;
      }
    }
  }

  @Override
  public FeedSource source() {
    return FeedSource.HELD;
  }
}
