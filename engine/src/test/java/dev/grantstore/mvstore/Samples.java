package dev.grantstore.mvstore;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the tests of this package write and read. */
final class Samples {
  static final String SYNC = "sync-1";
  static final Instant NOW = Instant.parse("2024-03-01T10:00:00Z");

  private Samples() {}

  static GrantStore open(Path location, OpenMode mode) {
    return open(location, StoreOptions.of(mode));
  }

  static GrantStore open(Path location, StoreOptions options) {
    return GrantStores.open("mvstore:" + location, options);
  }

  static Grant grant(int number) {
    return Grant.of(
        "g" + number,
        new EntitlementRef("app", "app-" + number % 7, "member"),
        new PrincipalRef("user", "u" + number % 11),
        NOW);
  }

  /** {@return grants with numbers from one on} */
  static List<Grant> grants(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(Samples::grant).toList();
  }

  /** Starts the sync and puts grants from number 0 on. */
  static void fill(GrantStore store, int count) {
    store.startSync(SYNC, "full", NOW);
    store.putAll(SYNC, grants(0, count));
  }

  /** {@return everything that the lists of the sync hold, each in its order} */
  static List<Grant> everything(GrantReader reader) {
    List<Grant> all = new ArrayList<>(list(reader, new GrantQuery.Scan(SYNC)));
    for (int i = 0; i < 11; i++) {
      Grant grant = grant(i);
      all.addAll(list(reader, new GrantQuery.ByEntitlement(SYNC, grant.entitlement())));
      all.addAll(list(reader, new GrantQuery.ByPrincipal(SYNC, grant.principal())));
    }
    return all;
  }

  static List<Grant> list(GrantReader reader, GrantQuery query) {
    List<Grant> rows = new ArrayList<>();
    try (GrantCursor cursor = reader.cursor(query)) {
      while (cursor.next()) {
        rows.add(cursor.grant());
      }
    }
    return rows;
  }

  static int count(GrantReader reader) {
    return list(reader, new GrantQuery.Scan(SYNC)).size();
  }
}
