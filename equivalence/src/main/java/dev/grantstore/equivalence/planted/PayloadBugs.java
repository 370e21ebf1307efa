package dev.grantstore.equivalence.planted;

import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/** Grants that come back with something changed. */
final class PayloadBugs {
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  static final List<PlantedBug> ALL =
      List.of(
          inPuts(
              "nanoseconds-lost",
              "the time of discovery is kept to the microsecond",
              g -> Changed.discoveredAt(g, g.discoveredAt().truncatedTo(ChronoUnit.MICROS))),
          inPuts(
              "far-dates-cut",
              "a time of discovery after the year 9999 is kept as its last moment",
              g -> g.discoveredAt().isAfter(LAST) ? Changed.discoveredAt(g, LAST) : g),
          inPuts(
              "expansion-lost-when-done",
              "the expansion of a grant that does not need it now is not kept",
              g -> g.needsExpansion() ? g : Changed.expansion(g, java.util.Optional.empty())),
          inPuts(
              "expansion-sorted",
              "the entitlements of an expansion come back sorted",
              g -> Changed.expansion(g, g.expansion().map(PayloadBugs::sorted))),
          inPuts(
              "equal-annotations-kept-once",
              "an annotation that a grant has twice comes back once",
              g -> Changed.annotations(g, g.annotations().stream().distinct().toList())),
          PlantedBug.inReads(
              "contents-swapped",
              "the first two grants of an entitlement come with each other's payload",
              PayloadBugs::swapping));

  private PayloadBugs() {}

  static PlantedBug inPuts(String name, String summary, UnaryOperator<Grant> change) {
    return PlantedBug.overMemory(
        name,
        summary,
        store ->
            new BugStore(store) {
              @Override
              public void putAll(String syncId, Collection<Grant> grants) {
                super.putAll(syncId, grants.stream().map(change).toList());
              }
            });
  }

  private static Expansion sorted(Expansion expansion) {
    return new Expansion(
        expansion.entitlementIds().stream().sorted().toList(),
        expansion.shallow(),
        expansion.resourceTypeIds());
  }

  private static GrantReader swapping(GrantReader sound) {
    return new ListReader(sound) {
      @Override
      List<Grant> rows(GrantQuery query, List<Grant> right) {
        if (!(query instanceof GrantQuery.ByEntitlement) || right.size() < 2) {
          return right;
        }
        List<Grant> rows = new ArrayList<>(right);
        rows.set(0, Changed.payload(right.get(0), right.get(1)));
        rows.set(1, Changed.payload(right.get(1), right.get(0)));
        return rows;
      }
    };
  }
}
