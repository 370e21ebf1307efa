package dev.grantstore.rocksdb;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.Ids;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what comes in as a batch before anything is written, and keeps the last of equal ids. */
final class Batches {
  private Batches() {}

  static Map<String, Grant> lastOfEach(Collection<Grant> grants) {
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
    return last;
  }

  static Set<String> distinct(Collection<String> grantIds) {
    checkSize(grantIds.size());
    Set<String> distinct = new LinkedHashSet<>();
    int index = 0;
    for (String id : grantIds) {
      distinct.add(checkId(id, index));
      index++;
    }
    return distinct;
  }

  static void checkIdAt(List<String> grantIds, int index) {
    checkId(grantIds.get(index), index);
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
