package dev.grantstore.equivalence.run;

import dev.grantstore.Grant;
import dev.grantstore.IdField;
import dev.grantstore.Ids;
import dev.grantstore.diff.ChangeCounts;
import dev.grantstore.equivalence.check.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What differs between two syncs: of each change, what was and what is. Immutable. */
final class Changes {
  private static final List<IdField> ENTITLEMENT =
      List.of(IdField.ENTITLEMENT_TYPE, IdField.ENTITLEMENT_RESOURCE, IdField.ENTITLEMENT_ID);

  private final List<Change> changes = new ArrayList<>();

  /** One of them is there. */
  private record Change(Optional<Grant> was, Optional<Grant> is) {
    Grant any() {
      return is.or(() -> was).orElseThrow();
    }
  }

  /** Of each change two. */
  Changes(List<Optional<Grant>> pairs) {
    for (int i = 0; i < pairs.size(); i += 2) {
      changes.add(new Change(pairs.get(i), pairs.get(i + 1)));
    }
  }

  /** {@return whether they go by entitlement, and none comes twice} */
  boolean isInOrder() {
    Comparator<Change> order = by(ENTITLEMENT);
    for (int i = 1; i < changes.size(); i++) {
      if (order.compare(changes.get(i - 1), changes.get(i)) > 0) {
        return false;
      }
    }
    Comparator<Change> all = by(List.of(IdField.values()));
    List<Change> sorted = changes.stream().sorted(all).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (all.compare(sorted.get(i - 1), sorted.get(i)) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Puts what has come or changed; what has gone goes where it is still the one. */
  void applyTo(Map<String, Grant> rows) {
    for (Change change : changes) {
      if (change.is().isPresent()) {
        rows.put(change.is().get().id(), change.is().get());
      } else {
        Grant gone = change.was().orElseThrow();
        rows.remove(gone.id(), gone);
      }
    }
  }

  /** {@return all of them, in the order of their ids} */
  Answer answer(ChangeCounts counts, long entitlements) {
    List<Optional<Grant>> rows = new ArrayList<>();
    changes.stream()
        .sorted(by(List.of(IdField.values())))
        .forEach(
            change -> {
              rows.add(change.was());
              rows.add(change.is());
            });
    String outcome =
        String.format(
            Locale.ROOT,
            "ok added=%d removed=%d changed=%d entitlements=%d",
            counts.added(),
            counts.removed(),
            counts.changed(),
            entitlements);
    return new Answer(outcome, rows, List.of());
  }

  private static Comparator<Change> by(List<IdField> fields) {
    return (a, b) -> {
      for (IdField field : fields) {
        int order = Ids.ORDER.compare(field.of(a.any()), field.of(b.any()));
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }
}
