package dev.grantstore.sqlite;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.Ids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Checks and copies what comes in as a batch, before the store is touched. */
final class Batches {
  private Batches() {}

  /** The grants to put: of equal ids the last. */
  static List<Grant> lastOfEach(Collection<Grant> grants) {
    checkSize(grants.size());
    Map<String, Grant> last = new LinkedHashMap<>();
    int index = 0;
    for (Grant grant : grants) {
      if (grant == null) {
        throw new NullPointerException("grant is null: index=" + index);
      }
      last.put(grant.id(), grant);
      index++;
    }
    return new ArrayList<>(last.values());
  }

  /** The ids to delete: each once. */
  static List<String> distinct(Collection<String> grantIds) {
    checkSize(grantIds.size());
    return new ArrayList<>(new LinkedHashSet<>(ids(grantIds)));
  }

  /** The ids to read: all, in order. */
  static List<String> ids(Collection<String> grantIds) {
    List<String> ids = new ArrayList<>();
    for (String id : grantIds) {
      ids.add(checkId(id, ids.size()));
    }
    return ids;
  }

  private static String checkId(String id, int index) {
    if (id == null) {
      throw new NullPointerException("grant id is null: index=" + index);
    }
    try {
      return Ids.checkGrantId(id);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ": index=" + index, e);
    }
  }

  private static void checkSize(int rows) {
    if (rows > GrantStore.MAX_BATCH_ROWS) {
      throw new IllegalArgumentException(
          "batch is too large, use a bulk load: rows=%d limit=%d"
              .formatted(rows, GrantStore.MAX_BATCH_ROWS));
    }
  }
}
