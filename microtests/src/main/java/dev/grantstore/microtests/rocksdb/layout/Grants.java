package dev.grantstore.microtests.rocksdb.layout;

import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.generate.GrantGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The grants that layouts are filled with, by number.
 *
 * @param count how many
 * @param at the grant of a number from 0
 */
record Grants(int count, IntFunction<Grant> at) {
  private static final long CACHE_BYTES = 1 << 20;

  /** This many of some content. */
  static Grants of(Content content, int count) {
    GrantGenerator generator = GrantGenerator.of(content.spec(count));
    return new Grants(count, generator::grant);
  }

  /** All of a fixture's first sync, held in memory. */
  static Grants of(Path folder) throws IOException {
    Fixture fixture = Fixtures.open(folder);
    List<Grant> grants = new ArrayList<>();
    try (GrantStore store = fixture.openStore(CACHE_BYTES);
        GrantCursor cursor =
            store.cursor(new GrantQuery.Scan(fixture.manifest().syncs().get(0).id()))) {
      while (cursor.next()) {
        grants.add(cursor.grant());
      }
    }
    return new Grants(grants.size(), grants::get);
  }
}
