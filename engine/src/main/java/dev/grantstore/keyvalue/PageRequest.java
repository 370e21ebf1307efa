package dev.grantstore.keyvalue;

import dev.grantstore.Grant;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.PageToken;
import dev.grantstore.PageTokenFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page that is asked for, where rows are in the order of their keys. Immutable.
 *
 * @param store the identity of the store
 * @param query what is listed
 * @param limitRows the most rows; more than {@link GrantReader#MAX_PAGE_ROWS} is taken as that
 * @param after after which row the page starts
 */
record PageRequest(UUID store, GrantQuery query, int limitRows, PageToken after) {
  private static final int FIRST_ROWS = 128;

  /** Checks the limit. */
  PageRequest {
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(after, "page token");
    if (limitRows < 1) {
      throw new IllegalArgumentException("page limit must be at least 1: " + limitRows);
    }
    limitRows = Math.min(limitRows, GrantReader.MAX_PAGE_ROWS);
  }

  /**
   * Leaves of the query's ranges what is behind the token.
   *
   * @throws dev.grantstore.GrantStoreException with {@link
   *     dev.grantstore.Reason#INVALID_PAGE_TOKEN}
   */
  void skipIn(KeyRanges ranges) {
    if (!after.isStart()) {
      ranges.resume(PageTokenFormat.read(store, query, after));
    }
  }

  /**
   * {@return the page}
   *
   * @param cursor before the first row; stays the caller's to close
   */
  GrantPage read(StoreCursor cursor) {
    List<Grant> grants = new ArrayList<>(Math.min(limitRows, FIRST_ROWS));
    byte @Nullable [] last = null;
    while (cursor.next()) {
      if (last != null) {
        return new GrantPage(grants, Optional.of(PageTokenFormat.write(store, query, last)));
      }
      grants.add(cursor.grant());
      if (grants.size() == limitRows) {
        last = cursor.position();
      }
    }
    return new GrantPage(grants, Optional.empty());
  }
}
