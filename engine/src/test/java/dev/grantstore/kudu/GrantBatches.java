package dev.grantstore.kudu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.ContentDigest;
import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantStore;
import dev.grantstore.PrincipalRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Batches that replace and delete grants of two syncs again and again, and what is there after some
 * of them. One thread.
 */
final class GrantBatches {
  static final List<String> SYNCS = List.of("s", "t");

  private static final int IDS = 300;
  private static final int MOST_ROWS = 60;
  private static final PrincipalRef PRINCIPAL = new PrincipalRef("user", "u");

  private final SplittableRandom random;
  private final Map<String, Map<String, Grant>> there = new HashMap<>();
  private int made;

  /**
   * A batch, of puts or of deletes.
   *
   * @param after what each grant that it is about is then, if it is there
   */
  record Batch(String sync, Map<String, Optional<Grant>> after) {
    void write(GrantStore store) {
      List<Grant> puts = after.values().stream().flatMap(Optional::stream).toList();
      if (puts.isEmpty()) {
        store.deleteAll(sync, after.keySet());
      } else {
        store.putAll(sync, puts);
      }
    }
  }

  GrantBatches(long seed) {
    random = new SplittableRandom(seed);
    SYNCS.forEach(sync -> there.put(sync, new HashMap<>()));
  }

  static void startSyncs(GrantStore store) {
    SYNCS.forEach(sync -> store.startSync(sync, "full", Instant.EPOCH));
  }

  Batch next() {
    made++;
    boolean deletes = random.nextInt(4) == 0;
    Map<String, Optional<Grant>> after = new HashMap<>();
    Set<String> ids = new LinkedHashSet<>();
    for (int i = random.nextInt(1, MOST_ROWS); i > 0; i--) {
      ids.add("g" + random.nextInt(IDS));
    }
    for (String id : ids) {
      // Another entitlement each time, so that rows of the index go too.
      EntitlementRef entitlement = new EntitlementRef("app", "a", "e" + made % 17);
      Instant now = Instant.ofEpochSecond(made);
      after.put(
          id, deletes ? Optional.empty() : Optional.of(Grant.of(id, entitlement, PRINCIPAL, now)));
    }
    return new Batch(SYNCS.get(random.nextInt(SYNCS.size())), after);
  }

  /** Takes note that a batch is there. */
  void take(Batch batch) {
    Map<String, Grant> grants = there(batch.sync());
    batch
        .after()
        .forEach(
            (id, grant) -> {
              grants.remove(id);
              grant.ifPresent(now -> grants.put(id, now));
            });
  }

  /** Takes note of a batch of which nobody knows whether it is there; it must be whole, or not. */
  boolean takeIfThere(GrantReader reader, Batch batch) {
    List<String> ids = List.copyOf(batch.after().keySet());
    List<Optional<Grant>> found = reader.getAll(batch.sync(), ids);
    List<Optional<Grant>> before = new ArrayList<>();
    List<Optional<Grant>> after = new ArrayList<>();
    for (String id : ids) {
      before.add(Optional.ofNullable(there(batch.sync()).get(id)));
      after.add(batch.after().getOrDefault(id, Optional.empty()));
    }
    assertThat(found).as("a batch whole or not at all").isIn(before, after);
    boolean isThere = !found.equals(before);
    if (isThere) {
      take(batch);
    }
    return isThere;
  }

  /** Checks that what is to be there is there, in three lists of each sync. */
  void assertAllThere(GrantReader reader) {
    for (String sync : SYNCS) {
      DigestAccumulator sum = new DigestAccumulator();
      there(sync).values().forEach(sum::add);
      for (GrantQuery query :
          List.of(
              new GrantQuery.Scan(sync),
              new GrantQuery.ScanByEntitlement(sync),
              new GrantQuery.ByPrincipal(sync, PRINCIPAL))) {
        assertThat(digest(reader, query)).as("%s", query).isEqualTo(sum.digest());
      }
    }
  }

  private Map<String, Grant> there(String sync) {
    return there.computeIfAbsent(sync, any -> new HashMap<>());
  }

  private static ContentDigest digest(GrantReader reader, GrantQuery query) {
    DigestAccumulator sum = new DigestAccumulator();
    try (GrantCursor cursor = reader.cursor(query)) {
      while (cursor.next()) {
        sum.add(cursor.grant());
      }
    }
    return sum.digest();
  }
}
