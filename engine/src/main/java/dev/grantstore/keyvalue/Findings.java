package dev.grantstore.keyvalue;

import dev.grantstore.Verification;
import dev.grantstore.Verification.Finding;
import dev.grantstore.Verification.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what a verification finds, of each kind and place the first ones. One thread. */
final class Findings {
  /** What findings are counted together by. */
  private record Place(Kind kind, String syncId, String keyspace) {}

  private final Map<Place, List<String>> first = new LinkedHashMap<>();
  private final Map<Place, Long> counts = new LinkedHashMap<>();

  /** Takes one. */
  void add(Kind kind, String syncId, String keyspace, String where) {
    Place place = new Place(kind, syncId, keyspace);
    counts.merge(place, 1L, Long::sum);
    List<String> named = first.computeIfAbsent(place, any -> new ArrayList<>());
    if (named.size() < Verification.MOST_NAMED) {
      named.add(where);
    }
  }

  /** Takes an error that is damage; any other is thrown. */
  void addUnreadable(String syncId, String keyspace, RuntimeException e) {
    if (!Failures.isDamage(e)) {
      throw e;
    }
    add(Kind.UNREADABLE, syncId, keyspace, String.valueOf(e.getMessage()));
  }

  /** {@return all of them, in the order in which the first of each was found} */
  List<Finding> all() {
    List<Finding> all = new ArrayList<>();
    first.forEach(
        (place, named) ->
            all.add(
                new Finding(
                    place.kind,
                    place.syncId,
                    place.keyspace,
                    counts.getOrDefault(place, 0L),
                    named)));
    return all;
  }
}
