package dev.grantstore.memory;

import dev.grantstore.Grant;
import dev.grantstore.GrantStore;
import dev.grantstore.Ids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Copies what a caller hands over in one call, and refuses it whole if one element is bad. */
final class Batch {
  private Batch() {}

  static List<Grant> grants(Collection<Grant> grants) {
    checkRows("grants", grants);
    List<Grant> copy = new ArrayList<>();
    for (Grant grant : grants) {
      copy.add(Objects.requireNonNull(grant, "grants[" + copy.size() + "] is null"));
    }
    return copy;
  }

  /** {@return a copy of ids to write by, of which there may only be so many} */
  static List<String> limitedIds(Collection<String> grantIds) {
    checkRows("grantIds", grantIds);
    return ids(grantIds);
  }

  static List<String> ids(Collection<String> grantIds) {
    Objects.requireNonNull(grantIds, "grantIds");
    List<String> copy = new ArrayList<>();
    for (String id : grantIds) {
      String element = "grantIds[" + copy.size() + "]";
      copy.add(checkGrantId(element, Objects.requireNonNull(id, element + " is null")));
    }
    return copy;
  }

  private static String checkGrantId(String element, String id) {
    try {
      return Ids.checkGrantId(id);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(element + ": " + e.getMessage(), e);
    }
  }

  private static void checkRows(String name, Collection<?> rows) {
    Objects.requireNonNull(rows, name);
    if (rows.size() > GrantStore.MAX_BATCH_ROWS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s are too many for one batch: rows=%d limit=%d",
              name,
              rows.size(),
              GrantStore.MAX_BATCH_ROWS));
    }
  }
}
