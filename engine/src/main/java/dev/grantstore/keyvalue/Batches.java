package dev.grantstore.keyvalue;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.Ids;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Checks and copies what comes in as a batch, before the store is touched: the caller's collection
 * may do anything, also close the store. Stateless.
 */
final class Batches {
  private Batches() {}

  /**
   * {@return the grants to put: of equal ids the last, in the order of the first}
   *
   * @param grants what the caller gave
   * @throws NullPointerException for a null, naming its index
   * @throws IllegalArgumentException if there are too many
   */
  public static Collection<Grant> lastOfEach(Collection<Grant> grants) {
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
    return last.values();
  }

  /**
   * {@return the grants to put if they are newer: of equal ids the newest, of equally new ones the
   * first}
   *
   * @param grants what the caller gave
   * @throws NullPointerException for a null, naming its index
   * @throws IllegalArgumentException if there are too many
   */
  public static Collection<Grant> newestOfEach(Collection<Grant> grants) {
    checkSize(grants.size());
    Map<String, Grant> newest = new LinkedHashMap<>();
    int index = 0;
    for (Grant grant : grants) {
      if (grant == null) {
        throw new NullPointerException("grant is null: index=" + index);
      }
      newest.merge(grant.id(), grant, (was, is) -> is.isNewerThan(was) ? is : was);
      index++;
    }
    return newest.values();
  }

  /**
   * {@return the ids to delete: each once, in order}
   *
   * @param grantIds what the caller gave
   * @throws NullPointerException for a null, naming its index
   * @throws IllegalArgumentException if there are too many, or one is no grant id
   */
  public static Set<String> distinct(Collection<String> grantIds) {
    checkSize(grantIds.size());
    Set<String> distinct = new LinkedHashSet<>();
    int index = 0;
    for (String id : grantIds) {
      distinct.add(checkId(id, index));
      index++;
    }
    return distinct;
  }

  /**
   * Checks the ids to read.
   *
   * @param grantIds a list of our own
   * @throws NullPointerException for a null, naming its index
   * @throws IllegalArgumentException if one is no grant id
   */
  public static void checkIds(List<String> grantIds) {
    for (int i = 0; i < grantIds.size(); i++) {
      checkId(grantIds.get(i), i);
    }
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
          String.format(
              Locale.ROOT,
              "batch is too large, use a bulk load: rows=%d limit=%d",
              rows,
              GrantStore.MAX_BATCH_ROWS));
    }
  }
}
