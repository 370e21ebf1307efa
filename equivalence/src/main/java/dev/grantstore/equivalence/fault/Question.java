package dev.grantstore.equivalence.fault;

import dev.grantstore.DigestAccumulator;
import dev.grantstore.EntitlementDigests;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Something to ask a store. Immutable.
 *
 * @param name what is asked, for people
 * @param asking how; puts rows where they are kept also when the store fails then
 */
record Question(String name, Asking asking) {
  private static final int GETS = 120;
  private static final int PAGE_ROWS = 37;

  /** Asks a store. */
  @FunctionalInterface
  interface Asking {
    /**
     * {@return the answer}
     *
     * @param reader asked
     * @param rows takes in each row as soon as it was told
     */
    Answer of(GrantReader reader, List<Optional<Grant>> rows);
  }

  /**
   * {@return every kind of read, of all syncs}
   *
   * @param syncs asked about, whether they are there or not
   */
  static List<Question> about(List<String> syncs) {
    List<Question> all = new ArrayList<>();
    all.add(new Question("syncs", (reader, rows) -> Answer.syncs(reader.syncs())));
    for (String sync : syncs) {
      list(all, new GrantQuery.Scan(sync));
      list(all, new GrantQuery.ScanByEntitlement(sync));
      all.add(
          new Question(
              "pages of " + sync,
              (reader, rows) -> Rows.pages(reader, new GrantQuery.Scan(sync), PAGE_ROWS)));
      list(all, new GrantQuery.NeedingExpansion(sync));
      for (int i = 0; i < Script.ENTITLEMENTS; i++) {
        list(all, new GrantQuery.ByEntitlement(sync, Script.entitlement(i)));
      }
      List<EntitlementRef> backwards = new ArrayList<>();
      for (int i = Script.ENTITLEMENTS - 1; i >= 0; i--) {
        backwards.add(Script.entitlement(i));
      }
      list(all, new GrantQuery.ByEntitlements(sync, backwards));
      for (int i = 0; i < Script.ENTITLEMENTS; i += 7) {
        String resource = Script.entitlement(i).resourceId();
        list(all, new GrantQuery.ByEntitlementResource(sync, "app", resource));
      }
      for (int i = 0; i < Script.PRINCIPALS; i++) {
        list(all, new GrantQuery.ByPrincipal(sync, Script.principal(i)));
      }
      all.add(new Question("gets of " + sync, (reader, rows) -> gets(reader, sync)));
      all.add(new Question("holds of " + sync, (reader, rows) -> holds(reader, sync)));
      all.add(new Question("digests of " + sync, (reader, rows) -> digests(reader, sync)));
    }
    return all;
  }

  private static void list(List<Question> all, GrantQuery query) {
    all.add(
        new Question(
            query.toString(),
            (reader, rows) -> {
              try (GrantCursor cursor = reader.cursor(query)) {
                while (true) {
                  Answer next = Rows.next(cursor, 1);
                  rows.addAll(next.rows());
                  if (!next.outcome().equals("more")) {
                    return new Answer(next.outcome(), rows, List.of());
                  }
                }
              }
            }));
  }

  private static Answer gets(GrantReader reader, String sync) {
    List<String> ids = IntStream.range(0, GETS).mapToObj(i -> Script.grantId(i * i % 701)).toList();
    List<Optional<Grant>> rows = new ArrayList<>(reader.getAll(sync, ids));
    for (int i = 0; i < GETS; i += 10) {
      rows.add(reader.get(sync, ids.get(i)));
    }
    return new Answer("ok", rows, List.of());
  }

  /** A store need not keep them; those that it keeps are those of its rows. */
  private static Answer digests(GrantReader reader, String sync) {
    Optional<EntitlementDigests> kept =
        reader.sync(sync).flatMap(run -> reader.entitlementDigests(run.id()));
    if (kept.isEmpty()) {
      return Answer.OK;
    }
    List<String> told = new ArrayList<>();
    try (EntitlementDigests digests = kept.get()) {
      while (digests.next()) {
        told.add(digests.entitlement() + " " + digests.digest());
      }
    }
    Map<EntitlementRef, DigestAccumulator> sums = new LinkedHashMap<>();
    try (GrantCursor cursor = reader.cursor(new GrantQuery.ScanByEntitlement(sync))) {
      while (cursor.next()) {
        Grant grant = cursor.grant();
        sums.computeIfAbsent(grant.entitlement(), e -> new DigestAccumulator()).add(grant);
      }
    }
    List<String> right =
        sums.entrySet().stream().map(e -> e.getKey() + " " + e.getValue().digest()).toList();
    return told.equals(right) ? Answer.OK : Answer.of("kept digests are not those of the rows");
  }

  private static Answer holds(GrantReader reader, String sync) {
    StringBuilder held = new StringBuilder("held ");
    for (int p = 0; p < Script.PRINCIPALS; p++) {
      for (int e = 0; e < Script.ENTITLEMENTS; e++) {
        held.append(reader.holds(sync, Script.principal(p), Script.entitlement(e)) ? 'y' : 'n');
      }
    }
    return Answer.of(held.toString());
  }
}
