package dev.grantstore.keyvalue;

import dev.grantstore.Grant;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.PageToken;
import dev.grantstore.PageTokenFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page that is asked for, where rows are in the order of their keys. A token's position is the
 * last row's key without the query's prefix. Immutable.
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
   * {@return the key at or after which the page's first row is}
   *
   * @param prefix what the keys of all rows of the query start with
   * @throws dev.grantstore.GrantStoreException with {@link
   *     dev.grantstore.Reason#INVALID_PAGE_TOKEN}
   */
  byte[] firstKey(byte[] prefix) {
    if (after.isStart()) {
      return prefix;
    }
    byte[] position = PageTokenFormat.read(store, query, after);
    // The last row's key with a zero byte behind it: the first key strictly after it.
    byte[] first = Arrays.copyOf(prefix, prefix.length + position.length + 1);
    System.arraycopy(position, 0, first, prefix.length, position.length);
    return first;
  }

  /**
   * {@return the page}
   *
   * @param cursor before the row at or after {@link #firstKey}; stays the caller's to close
   * @param prefixLength the length of the prefix
   */
  GrantPage read(KeyValueCursor cursor, int prefixLength) {
    List<Grant> grants = new ArrayList<>(Math.min(limitRows, FIRST_ROWS));
    byte @Nullable [] last = null;
    while (cursor.next()) {
      if (last != null) {
        byte[] position = Arrays.copyOfRange(last, prefixLength, last.length);
        return new GrantPage(grants, Optional.of(PageTokenFormat.write(store, query, position)));
      }
      grants.add(cursor.grant());
      if (grants.size() == limitRows) {
        last = cursor.key();
      }
    }
    return new GrantPage(grants, Optional.empty());
  }
}
