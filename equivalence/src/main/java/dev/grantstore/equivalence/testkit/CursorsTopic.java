package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Grant;
import dev.grantstore.GrantBatch;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import dev.grantstore.equivalence.workload.TrapIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A cursor walks one list as of one moment, and lends views of the row it stands on. */
abstract class CursorsTopic extends Topic {
  private static final GrantQuery SCAN = new GrantQuery.Scan(SYNC);
  private static final Grant A = aFullGrant("a").build();
  private static final Grant B = aGrant().id("b").build();

  CursorsTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void standsBeforeTheFirstRowUntilMoved() {
    try (GrantCursor cursor = storeWith(A, B).cursor(SCAN)) {
      assertOnNoRow(cursor);
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.grant()).isEqualTo(A);
    }
  }

  @Test
  void standsOnNoRowAfterTheLast() {
    for (GrantQuery query : Reads.listsOf(SYNC, A)) {
      try (GrantCursor cursor = storeWith(A).cursor(query)) {
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.next()).isFalse();
        assertOnNoRow(cursor);
      }
    }
  }

  @Test
  void askingForMoreAfterTheEndGivesFalseAgain() {
    GrantStore store = storeWith(A);
    try (GrantCursor cursor = store.cursor(SCAN)) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.next()).isFalse();
      store.put(SYNC, B);
      assertThat(cursor.next()).isFalse();
      assertThat(cursor.next()).isFalse();
    }
  }

  @Test
  void ofAnEmptyListEndsAtOnce() {
    GrantStore store = storeWith();
    for (GrantQuery query : Reads.listsOf(SYNC, A)) {
      try (GrantCursor cursor = store.cursor(query)) {
        assertThat(cursor.next()).isFalse();
        assertOnNoRow(cursor);
      }
    }
  }

  @Test
  void viewsShowWhatTheGrantSaysInEveryList() {
    List<Grant> grants = new ArrayList<>();
    for (String trap : taken(TrapIds.notEmpty())) {
      grants.add(aFullGrant(trap).of("t", "r", "e").forPrincipal("p", "q").build());
      grants.add(aGrant().id("1" + trap).of(trap, "", trap).forPrincipal("", trap).build());
    }
    GrantStore store = storeWith(grants);

    for (Grant grant : List.of(grants.get(0), grants.get(1))) {
      for (GrantQuery query : Reads.listsOf(SYNC, grant)) {
        try (GrantCursor cursor = store.cursor(query)) {
          while (cursor.next()) {
            assertViewsShow(cursor, cursor.grant());
          }
        }
      }
    }
  }

  @Test
  void viewsCanBeReadWithoutTheGrantAndInAnyOrder() {
    try (GrantCursor cursor = storeWith(A, B).cursor(SCAN)) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.needsExpansion()).isTrue();
      assertThat(cursor.id(IdField.PRINCIPAL_ID).toString()).isEqualTo("u");
      assertThat(cursor.id(IdField.GRANT_ID).toString()).isEqualTo("a");
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.id(IdField.ENTITLEMENT_ID).toString()).isEqualTo("member");
      assertThat(cursor.id(IdField.GRANT_ID).toString()).isEqualTo("b");
      assertThat(cursor.needsExpansion()).isFalse();
    }
  }

  @Test
  void instantsOfAnySignAreShown() {
    List<Grant> grants = new ArrayList<>();
    for (Instant instant :
        List.of(Instant.MIN, Instant.ofEpochSecond(-1, 1), Instant.EPOCH, Instant.MAX)) {
      grants.add(aGrant().id("g" + grants.size()).discoveredAt(instant).build());
    }
    GrantStore store = storeWith(grants);
    for (GrantQuery query : Reads.listsOf(SYNC, B)) {
      try (GrantCursor cursor = store.cursor(query)) {
        while (cursor.next()) {
          assertViewsShow(cursor, cursor.grant());
        }
      }
    }
  }

  /** Of ids that are the same, numbered, hexadecimal and of no form, in several blocks of rows. */
  @Test
  void batchesShowTheSameRowsInEveryList() {
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String id = i % 7 == 0 ? "g-" + 90_000_000_000L * i : String.format(Locale.ROOT, "g%03d", i);
      String user = i % 3 == 0 ? "u" + i % 5 : Integer.toHexString(0x7fff_ff00 + 1000 * i);
      Grant full = aFullGrant(id).of("app", "a" + i / 40, "e").forPrincipal("user", user).build();
      grants.add(i % 4 == 0 ? full : aGrant().id(id).of("app", "a1", "e" + i % 2).build());
    }
    for (String trap : taken(TrapIds.notEmpty())) {
      grants.add(aFullGrant("t" + trap).of("app", "a0", "e").forPrincipal("user", trap).build());
    }
    GrantStore store = storeWith(grants);
    assertBatchesShowRows(store, grants);
    store.seal(SYNC, ENDED);
    assertBatchesShowRows(store, grants);
  }

  private static void assertBatchesShowRows(GrantStore store, List<Grant> grants) {
    for (Grant grant : List.of(grants.get(0), grants.get(1), grants.get(45))) {
      for (GrantQuery query : Reads.listsOf(SYNC, grant)) {
        List<List<String>> rows = Reads.list(store, query).stream().map(Reads::shown).toList();
        for (int batchRows : new int[] {1, 2, 7, 64, GrantBatch.MOST_ROWS}) {
          assertThat(Reads.batches(store, query, batchRows)).isEqualTo(rows);
        }
      }
    }
  }

  @Test
  void rowsAndBatchesTakeTurns() {
    GrantStore store = storeWith(A, B, aGrant().id("c").build(), aGrant().id("d").build());
    GrantBatch batch = new GrantBatch(2);
    try (GrantCursor cursor = store.cursor(SCAN)) {
      assertThat(cursor.next()).isTrue();
      int seen = 1;
      while (seen < 3) {
        assertThat(cursor.next(batch)).isTrue();
        assertThat(batch.id(IdField.GRANT_ID, 0).toString())
            .isEqualTo("abcd".substring(seen, seen + 1));
        seen += batch.rows();
      }
      assertThat(cursor.next()).isEqualTo(seen < 4);
      assertThat(cursor.next(batch)).isFalse();
      assertThat(batch.rows()).isZero();
    }
  }

  @Test
  void aBatchOutlivesItsCursor() {
    GrantBatch batch = new GrantBatch();
    try (GrantCursor cursor = storeWith(A, B).cursor(SCAN)) {
      assertThat(cursor.next(batch)).isTrue();
    }
    assertThat(batch.id(IdField.GRANT_ID, 0).toString()).isEqualTo("a");
  }

  @Test
  void lendsTheSameViewEachTime() {
    try (GrantCursor cursor = storeWith(A, B).cursor(SCAN)) {
      assertThat(cursor.next()).isTrue();
      Utf8View view = cursor.id(IdField.GRANT_ID);
      assertThat(cursor.id(IdField.GRANT_ID)).isSameAs(view);
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.id(IdField.GRANT_ID)).isSameAs(view);
    }
  }

  @Test
  void aGrantTakenFromItOutlivesIt() {
    GrantStore store = storeWith(A, B);
    List<Grant> taken = Reads.scan(store, SYNC);

    store.deleteAll(SYNC, List.of("a", "b"));
    store.flush();

    assertThat(taken).containsExactly(A, B);
  }

  @Test
  void doesNotSeeLaterWrites() {
    assertUnmoved(store -> store.put(SYNC, aFullGrant("c").build()));
    assertUnmoved(store -> store.put(SYNC, aFullGrant("b").discoveredAt(ENDED).build()));
    assertUnmoved(store -> store.deleteAll(SYNC, List.of("a", "b", "c")));
  }

  @Test
  void doesNotSeeALaterSealNorADrop() {
    assertUnmoved(store -> store.seal(SYNC, ENDED));
    assertUnmoved(store -> store.drop(SYNC));
    assertUnmoved(
        store -> {
          store.drop(SYNC);
          store.startSync(SYNC, "again", STARTED);
          store.put(SYNC, aFullGrant("c").build());
        });
  }

  @Test
  void goesOnThroughFlushAndSettle() {
    assertUnmoved(
        store -> {
          store.drop(SYNC);
          store.flush();
          store.settle(Duration.ofMinutes(1));
        });
  }

  @Test
  void twoOnOneListAreIndependent() {
    GrantStore store = storeWith(A, B);
    try (GrantCursor first = store.cursor(SCAN);
        GrantCursor second = store.cursor(SCAN)) {
      assertThat(first.next()).isTrue();
      assertThat(first.next()).isTrue();
      assertThat(second.next()).isTrue();
      assertThat(first.id(IdField.GRANT_ID).toString()).isEqualTo("b");
      assertThat(second.id(IdField.GRANT_ID).toString()).isEqualTo("a");
      first.close();
      assertThat(second.next()).isTrue();
      assertThat(second.grant()).isEqualTo(B);
    }
  }

  @Test
  void manyCanBeOpenAtOnce() {
    GrantStore store = storeWith(A, B);
    List<GrantCursor> cursors = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      cursors.add(store.cursor(Reads.listsOf(SYNC, A).get(i % 5)));
    }
    for (GrantCursor cursor : cursors) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.grant()).isEqualTo(A);
      cursor.close();
    }
  }

  @Test
  void canBeClosedWithoutBeingRead() {
    GrantStore store = storeWith(A);
    store.cursor(SCAN).close();

    Reads.assertHoldsExactly(store, SYNC, List.of(A));
  }

  @Test
  void closingTwiceDoesNothingAndEveryCallAfterIsRefused() {
    GrantCursor cursor = storeWith(A).cursor(SCAN);
    assertThat(cursor.next()).isTrue();
    cursor.close();
    cursor.close();

    assertClosed(cursor::next);
    assertClosed(() -> cursor.next(new GrantBatch()));
    assertOnNoRow(cursor);
  }

  /** The calls that need a row are refused. */
  static void assertOnNoRow(GrantCursor cursor) {
    for (IdField field : IdField.values()) {
      assertClosed(() -> cursor.id(field));
    }
    assertClosed(cursor::grant);
    assertClosed(cursor::discoveredSeconds);
    assertClosed(cursor::discoveredNanos);
    assertClosed(cursor::needsExpansion);
  }

  private static void assertViewsShow(GrantCursor cursor, Grant grant) {
    List<String> shown = new ArrayList<>();
    for (IdField field : IdField.values()) {
      shown.add(cursor.id(field).toString());
    }
    assertThat(shown)
        .containsExactly(
            grant.id(),
            grant.entitlement().resourceTypeId(),
            grant.entitlement().resourceId(),
            grant.entitlement().entitlementId(),
            grant.principal().resourceTypeId(),
            grant.principal().resourceId());
    assertThat(Instant.ofEpochSecond(cursor.discoveredSeconds(), cursor.discoveredNanos()))
        .isEqualTo(grant.discoveredAt());
    assertThat(cursor.discoveredNanos()).isBetween(0, 999_999_999);
    assertThat(cursor.needsExpansion()).isEqualTo(grant.needsExpansion());
  }

  /** Checks that open cursors, one row in, show the same rows whatever happens to the store. */
  private void assertUnmoved(Consumer<GrantStore> change) {
    Grant second = aFullGrant("b").build();
    GrantStore store = storeWith(A, second);
    List<GrantCursor> cursors = new ArrayList<>();
    for (GrantQuery query : Reads.listsOf(SYNC, A)) {
      GrantCursor cursor = store.cursor(query);
      assertThat(cursor.next()).isTrue();
      cursors.add(cursor);
    }

    change.accept(store);

    for (GrantCursor cursor : cursors) {
      assertThat(cursor.grant()).isEqualTo(A);
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.grant()).isEqualTo(second);
      assertThat(cursor.next()).isFalse();
      cursor.close();
    }
  }
}
