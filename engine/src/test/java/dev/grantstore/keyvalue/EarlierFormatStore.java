package dev.grantstore.keyvalue;

import dev.grantstore.Annotation;
import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Bytes;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantSource;
import dev.grantstore.GrantStore;
import dev.grantstore.PrincipalRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the stores of {@code format-2.zip}, {@code format-3.zip} and {@code format-4.zip} hold: they
 * were filled by this class on the code of the last commit of their format. It must go on saying
 * the same.
 */
final class EarlierFormatStore {
  static final String OPEN = "open";
  static final Instant NOW = Instant.parse("2026-02-03T04:05:06.000000007Z");

  private static final String ODD = "odd \u0000\u0001\ud83d\udd25";
  private static final int GRANTS = 60;

  private EarlierFormatStore() {}

  static void fill(GrantStore store) {
    store.startSync("gone", "full", NOW);
    store.putAll("gone", grants(0, 20, "gone"));
    store.seal("gone", NOW);
    store.startSync("full", "full", NOW);
    store.putAll("full", grants(0, GRANTS, "replaced"));
    store.putAll("full", grants(0, GRANTS, "u"));
    store.deleteAll("full", List.of("g 3", "g 17", "not there"));
    store.seal("full", NOW.plusSeconds(1));
    try (BulkLoad load = store.bulkLoad("loaded", "delta", NOW, BulkLoadOptions.defaults())) {
      try (BulkPart part = load.openPart()) {
        grants(0, 30, "replaced").forEach(part::add);
        grants(0, GRANTS, "u").forEach(part::add);
      }
      load.commit(NOW.plusNanos(1));
    }
    store.startSync("empty", "", NOW);
    store.seal("empty", NOW);
    store.startSync(ODD, ODD, NOW);
    store.putAll(ODD, odd());
    store.seal(ODD, NOW);
    store.startSync(OPEN, "full", NOW);
    store.putAll(OPEN, grants(0, 10, "u"));
    store.drop("gone");
    store.flush();
  }

  /** {@return the grants of each sync} */
  static Map<String, List<Grant>> contents() {
    List<Grant> full = new ArrayList<>(grants(0, GRANTS, "u"));
    full.removeIf(grant -> grant.id().equals("g 3") || grant.id().equals("g 17"));
    Map<String, List<Grant>> contents = new LinkedHashMap<>();
    contents.put("full", full);
    contents.put("loaded", grants(0, GRANTS, "u"));
    contents.put("empty", List.of());
    contents.put(ODD, odd());
    contents.put(OPEN, grants(0, 10, "u"));
    return contents;
  }

  static List<Grant> grants(int from, int to, String principal) {
    List<Grant> grants = new ArrayList<>();
    for (int i = from; i < to; i++) {
      grants.add(grant(i, principal));
    }
    return grants;
  }

  /** {@return a grant; each field is set in some and not in others} */
  static Grant grant(int number, String principal) {
    boolean expands = (number + principal.length()) % 4 == 0;
    return new Grant(
        "g " + number,
        new EntitlementRef("app", number % 5 == 0 ? "" : "app-" + number % 7, "e" + number % 3),
        new PrincipalRef("user", principal + number % 11),
        NOW.minusSeconds(number * 86_400_000L).plusNanos(number % 2 * 999_999_992L),
        expands,
        expands && number % 8 != 1
            ? Optional.of(
                new Expansion(List.of("e" + number, "e2"), number % 3 == 0, List.of("user", "")))
            : Optional.empty(),
        number % 6 == 0
            ? List.of(
                new GrantSource("s1", "app", "", "e1", true),
                new GrantSource("s2", "", "r", "", false))
            : List.of(),
        number % 10 == 0
            ? List.of(
                new Annotation("type/" + number, Bytes.copyOf(new byte[] {0, 1, (byte) 0xff})),
                new Annotation("", Bytes.EMPTY))
            : List.of());
  }

  private static List<Grant> odd() {
    List<Grant> grants = new ArrayList<>();
    for (String id :
        List.of("\u0000", "\u0001", "\u0000\u0001", ODD, "\ufffd", "\uffff", "\u00e9")) {
      grants.add(
          new Grant(
              id,
              new EntitlementRef(id, "", id),
              new PrincipalRef("", id + id),
              Instant.EPOCH.minusNanos(1),
              id.length() == 2,
              Optional.empty(),
              List.of(new GrantSource(id, id, id, id, false)),
              List.of()));
    }
    return grants;
  }
}
