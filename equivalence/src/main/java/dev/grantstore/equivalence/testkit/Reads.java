package dev.grantstore.equivalence.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.CanonicalForm;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantBatch;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.IdField;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.equivalence.check.Answer;
import dev.grantstore.equivalence.check.AnswerText;
import dev.grantstore.equivalence.run.ViewedGrant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/** Asks a reader for everything and compares whole answers. */
final class Reads {
  private Reads() {}

  /** {@return a query's whole list, through a cursor, which tells of each row the same as it is} */
  static List<Grant> list(GrantReader reader, GrantQuery query) {
    List<Grant> rows = new ArrayList<>();
    CanonicalForm form = new CanonicalForm();
    try (GrantCursor cursor = reader.cursor(query)) {
      while (cursor.next()) {
        form.encode(cursor);
        byte[] shown = Arrays.copyOf(form.array(), form.length());
        Grant grant = cursor.grant();
        form.encode(grant);
        assertThat(shown)
            .as("canonical form by the cursor of %s", grant)
            .isEqualTo(Arrays.copyOf(form.array(), form.length()));
        rows.add(grant);
      }
    }
    return rows;
  }

  /** {@return the same in batches of so many rows, each row as its views show it} */
  static List<List<String>> batches(GrantReader reader, GrantQuery query, int batchRows) {
    List<List<String>> rows = new ArrayList<>();
    GrantBatch batch = new GrantBatch(batchRows);
    try (GrantCursor cursor = reader.cursor(query)) {
      while (cursor.next(batch)) {
        assertThat(batch.rows()).as("rows of a batch").isBetween(1, batchRows);
        for (int row = 0; row < batch.rows(); row++) {
          rows.add(shown(batch, row));
        }
      }
      assertThat(batch.rows()).as("rows behind the last").isZero();
      assertThat(cursor.next(batch)).as("more rows behind the last").isFalse();
      assertThat(cursor.next()).as("a row behind the last").isFalse();
    }
    return rows;
  }

  /** {@return what a batch must show of a grant} */
  static List<String> shown(Grant grant) {
    return List.of(
        grant.id(),
        grant.entitlement().resourceTypeId(),
        grant.entitlement().resourceId(),
        grant.entitlement().entitlementId(),
        grant.principal().resourceTypeId(),
        grant.principal().resourceId(),
        grant.discoveredAt().toString(),
        Boolean.toString(grant.needsExpansion()),
        grant.expiresAt().map(Instant::toString).orElse("never"));
  }

  private static List<String> shown(GrantBatch batch, int row) {
    List<String> shown = new ArrayList<>();
    for (IdField field : IdField.values()) {
      shown.add(batch.id(field, row).toString());
    }
    shown.add(
        Instant.ofEpochSecond(batch.discoveredSeconds(row), batch.discoveredNanos(row)).toString());
    shown.add(Boolean.toString(batch.needsExpansion(row)));
    Instant ends = Instant.ofEpochSecond(batch.expiresSeconds(row), batch.expiresNanos(row));
    shown.add(batch.hasExpiry(row) ? ends.toString() : "never");
    return shown;
  }

  static List<Grant> scan(GrantReader reader, String syncId) {
    return list(reader, new GrantQuery.Scan(syncId));
  }

  /** {@return a query's whole list, page by page; fails rather than going on for ever} */
  static List<Grant> pages(GrantReader reader, GrantQuery query, int limitRows) {
    List<Grant> rows = new ArrayList<>();
    Set<PageToken> given = new HashSet<>();
    Optional<PageToken> after = Optional.of(PageToken.START);
    while (after.isPresent()) {
      assertThat(given.add(after.get())).as("a page never leads back to one before").isTrue();
      GrantPage page = reader.page(query, limitRows, after.get());
      boolean isWhole = page.next().isEmpty() || page.grants().size() == limitRows;
      assertThat(isWhole).as("a page before the last is full").isTrue();
      rows.addAll(page.grants());
      after = page.next();
    }
    return rows;
  }

  /** {@return a list of each kind in which a grant may stand} */
  static List<GrantQuery> listsOf(String syncId, Grant grant) {
    EntitlementRef e = grant.entitlement();
    return List.of(
        new GrantQuery.Scan(syncId),
        new GrantQuery.ScanByEntitlement(syncId),
        new GrantQuery.ByEntitlement(syncId, e),
        new GrantQuery.ByEntitlements(syncId, List.of(new EntitlementRef("none", "", "e"), e)),
        new GrantQuery.ByEntitlementResource(syncId, e.resourceTypeId(), e.resourceId()),
        new GrantQuery.ByPrincipal(syncId, grant.principal()),
        new GrantQuery.NeedingExpansion(syncId));
  }

  /** Checks every read of a sync that holds {@code expected}, whatever it held before. */
  static void assertHoldsExactly(GrantReader reader, String syncId, Collection<Grant> expected) {
    assertHoldsExactly(reader, syncId, expected, List.of());
  }

  /**
   * Checks every read of a sync: each get, each list that an expected or a former grant could stand
   * in, and who holds what.
   */
  static void assertHoldsExactly(
      GrantReader reader, String syncId, Collection<Grant> expected, Collection<Grant> former) {
    List<Grant> all = Stream.concat(expected.stream(), former.stream()).toList();
    assertRows("scan", scan(reader, syncId), ExpectedRows.scan(expected));
    for (GrantQuery query : listsOfAll(syncId, all)) {
      List<Grant> rows = ExpectedRows.of(query, expected);
      assertRows(() -> "list of " + query, list(reader, query), rows);
      assertRows(() -> "pages of " + query, pages(reader, query, 2), rows);
    }
    assertGets(reader, syncId, expected, all);
    assertHolders(reader, syncId, expected, all);
  }

  /** Fails with the first row that is not the expected one; whole lists are too long to be read. */
  static void assertRows(String list, List<Grant> actual, List<Grant> expected) {
    assertRows(() -> list, actual, expected);
  }

  private static void assertRows(Supplier<String> list, List<Grant> actual, List<Grant> expected) {
    for (int i = 0; i < Math.max(actual.size(), expected.size()); i++) {
      boolean isSame =
          i < actual.size() && i < expected.size() && actual.get(i).equals(expected.get(i));
      if (!isSame) {
        String right = row(expected, i);
        String given = row(actual, i);
        throw new AssertionFailedError(
            String.format(
                Locale.ROOT,
                "%s: row %d differs, of %d rows, where %d are expected\nexpected: %s\n but was: %s",
                list.get(),
                i,
                actual.size(),
                expected.size(),
                right,
                given),
            right,
            given);
      }
    }
  }

  private static String row(List<Grant> rows, int index) {
    return index < rows.size()
        ? AnswerText.line(Answer.rows("row", List.of(rows.get(index))))
        : "no row";
  }

  private static Set<GrantQuery> listsOfAll(String syncId, Collection<Grant> grants) {
    Set<GrantQuery> queries = new LinkedHashSet<>();
    queries.add(new GrantQuery.NeedingExpansion(syncId));
    grants.forEach(grant -> queries.addAll(listsOf(syncId, grant)));
    List<EntitlementRef> several =
        grants.stream().map(Grant::entitlement).distinct().limit(4).collect(Collectors.toList());
    Collections.reverse(several);
    queries.add(new GrantQuery.ByEntitlements(syncId, several));
    return queries;
  }

  private static void assertGets(
      GrantReader reader, String syncId, Collection<Grant> expected, List<Grant> all) {
    List<String> ids = all.stream().map(Grant::id).toList();
    Map<String, Grant> byId = new HashMap<>();
    expected.forEach(grant -> byId.putIfAbsent(grant.id(), grant));
    List<Optional<Grant>> answers =
        ids.stream().map(id -> Optional.ofNullable(byId.get(id))).toList();
    assertThat(reader.getAll(syncId, ids)).as("getAll").isEqualTo(answers);
    assertThat(ids.stream().map(id -> reader.get(syncId, id)).toList())
        .as("get")
        .isEqualTo(answers);
    for (int i = 0; i < ids.size(); i++) {
      assertThat(ViewedGrant.isSame(reader, syncId, ids.get(i), answers.get(i)))
          .as("get into a view is get: %s", ids.get(i))
          .isTrue();
    }
  }

  private static void assertHolders(
      GrantReader reader, String syncId, Collection<Grant> expected, List<Grant> all) {
    Set<Holding> held = new LinkedHashSet<>();
    expected.forEach(grant -> held.add(new Holding(grant.principal(), grant.entitlement())));
    for (Grant grant : all) {
      Holding asked = new Holding(grant.principal(), grant.entitlement());
      assertThat(reader.holds(syncId, asked.principal(), asked.entitlement()))
          .as("%s", asked)
          .isEqualTo(held.contains(asked));
    }
  }

  private record Holding(PrincipalRef principal, EntitlementRef entitlement) {}
}
