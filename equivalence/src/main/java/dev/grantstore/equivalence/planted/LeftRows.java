package dev.grantstore.equivalence.planted;

import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A store with index rows that have no grant any more. A drop still clears them away. */
class LeftRows extends BugStore {
  private final Map<String, Set<Grant>> left;

  /** Shows the rows in the lists for which {@code isShown} holds. */
  LeftRows(GrantStore store, Predicate<GrantQuery> isShown) {
    this(store, isShown, new HashMap<>());
  }

  private LeftRows(GrantStore store, Predicate<GrantQuery> isShown, Map<String, Set<Grant>> left) {
    super(store, sound -> new Reader(sound, isShown, left));
    this.left = left;
  }

  /** {@return whether a list is answered from an index by principal or by entitlement} */
  static boolean isByIndex(GrantQuery query) {
    return !(query instanceof GrantQuery.Scan) && !(query instanceof GrantQuery.NeedingExpansion);
  }

  final void leave(String syncId, Grant grant) {
    left.computeIfAbsent(syncId, any -> new LinkedHashSet<>()).add(grant);
  }

  final void forget(String syncId, String grantId) {
    left.getOrDefault(syncId, new LinkedHashSet<>()).removeIf(row -> row.id().equals(grantId));
  }

  @Override
  public void drop(String syncId) {
    super.drop(syncId);
    left.remove(syncId);
  }

  private static final class Reader extends ListReader {
    private final Predicate<GrantQuery> isShown;
    private final Map<String, Set<Grant>> left;

    Reader(GrantReader sound, Predicate<GrantQuery> isShown, Map<String, Set<Grant>> left) {
      super(sound);
      this.isShown = isShown;
      this.left = left;
    }

    @Override
    List<Grant> rows(GrantQuery query, List<Grant> right) {
      List<Grant> rows = new ArrayList<>(right);
      if (isShown.test(query)) {
        for (Grant old : left.getOrDefault(query.syncId(), Set.of())) {
          if (Matching.of(query, old) && right.stream().noneMatch(g -> g.id().equals(old.id()))) {
            rows.add(old);
          }
        }
      }
      return rows;
    }
  }
}
