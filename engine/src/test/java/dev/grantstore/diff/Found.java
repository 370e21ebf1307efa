package dev.grantstore.diff;

import dev.grantstore.EntitlementRef;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a diff finds. */
final class Found implements DiffSink {
  final List<GrantChange> changes = new ArrayList<>();
  final List<EntitlementRef> entitlements = new ArrayList<>();
  final List<ChangeCounts> counts = new ArrayList<>();

  @Override
  public void change(GrantChange change) {
    changes.add(change);
  }

  @Override
  public void entitlement(EntitlementRef entitlement, ChangeCounts itsCounts) {
    entitlements.add(entitlement);
    counts.add(itsCounts);
  }

  /** The changes, counted by their kind. */
  ChangeCounts counted() {
    return new ChangeCounts(
        changes.stream().filter(GrantChange.Added.class::isInstance).count(),
        changes.stream().filter(GrantChange.Removed.class::isInstance).count(),
        changes.stream().filter(GrantChange.Changed.class::isInstance).count());
  }

  /** The sums by entitlement, together. */
  ChangeCounts summed() {
    return counts.stream().reduce(ChangeCounts.NONE, ChangeCounts::plus);
  }
}
