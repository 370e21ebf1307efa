package dev.grantstore.bench.run;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.bench.benchmark.FeedSource;
import dev.grantstore.bench.benchmark.GrantFeed;
import java.util.function.Predicate;

/** The grants of a sync, read from its store. Cannot be cut: everything is part 0. */
public final class StoredFeed implements GrantFeed {
  private final GrantReader reader;
  private final String syncId;

  /**
   * Creates a feed.
   *
   * @param reader holds the sync
   * @param syncId the sync
   */
  public StoredFeed(GrantReader reader, String syncId) {
    this.reader = reader;
    this.syncId = syncId;
  }

  @Override
  public void part(int part, int parts, Predicate<Grant> taker) {
    if (part > 0) {
      return;
    }
    try (GrantCursor cursor = reader.cursor(new GrantQuery.Scan(syncId))) {
      boolean wanted = true;
      while (wanted && cursor.next()) {
        wanted = taker.test(cursor.grant());
      }
    }
  }

  @Override
  public FeedSource source() {
    return FeedSource.READ;
  }
}
