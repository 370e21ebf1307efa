package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.IdField;
import dev.grantstore.PageToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Use after close is an error that says so, never a crash. */
abstract class AfterCloseTopic extends Topic {
  private static final Grant GRANT = aFullGrant("g1").build();

  AfterCloseTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void closingAStoreTwiceDoesNothing() {
    GrantStore store = storeWith(GRANT);
    store.close();
    store.close();
  }

  @Test
  void everyReadOfAClosedStoreIsRefused() {
    GrantStore store = storeWith(GRANT);
    store.close();

    assertClosed(store::syncs);
    assertClosed(() -> store.sync(SYNC));
    assertClosed(() -> store.sync("unknown"));
    assertClosed(() -> store.get(SYNC, "g1"));
    assertClosed(() -> store.getAll(SYNC, List.of("g1")));
    assertClosed(() -> store.getAll(SYNC, List.of()));
    assertClosed(() -> store.holds(SYNC, GRANT.principal(), GRANT.entitlement()));
    for (GrantQuery query : Reads.listsOf(SYNC, GRANT)) {
      assertClosed(() -> store.cursor(query).close());
      assertClosed(() -> store.page(query, 1, PageToken.START));
    }
    assertClosed(() -> store.snapshot().close());
    assertClosed(store::stats);
  }

  @Test
  void everyWriteToAClosedStoreIsRefused() {
    GrantStore store = storeWith(GRANT);
    store.close();

    assertClosed(() -> store.startSync("sync-2", "full", STARTED));
    assertClosed(() -> store.put(SYNC, GRANT));
    assertClosed(() -> store.putAll(SYNC, List.of()));
    assertClosed(() -> store.putAllIfNewer(SYNC, List.of()));
    assertClosed(() -> store.delete(SYNC, "g1"));
    assertClosed(() -> store.deleteAll(SYNC, List.of()));
    assertClosed(() -> store.expire(SYNC, STARTED));
    assertClosed(() -> store.seal(SYNC, ENDED));
    assertClosed(() -> store.drop(SYNC));
    assertClosed(store::flush);
    assertClosed(() -> store.settle(Duration.ofSeconds(1)));
  }

  @Test
  void aBulkLoadOfAClosedStoreIsRefused() {
    requires(Capability.BULK_LOAD);
    GrantStore store = storeWith(GRANT);
    store.close();

    assertClosed(
        () -> store.bulkLoad("sync-2", "full", STARTED, BulkLoadOptions.defaults()).close());
  }

  @Test
  void closingAStoreEndsItsCursorsWhereverTheyStand() {
    GrantStore store = storeWith(GRANT, aFullGrant("g2").build());
    List<GrantCursor> cursors = new ArrayList<>();
    for (GrantQuery query : Reads.listsOf(SYNC, GRANT)) {
      GrantCursor before = store.cursor(query);
      GrantCursor on = store.cursor(query);
      assertThat(on.next()).isTrue();
      GrantCursor after = store.cursor(query);
      while (after.next()) {
        assertThat(after.id(IdField.GRANT_ID).length()).isEqualTo(2);
      }
      cursors.addAll(List.of(before, on, after));
    }

    store.close();

    for (GrantCursor cursor : cursors) {
      assertClosed(cursor::next);
      CursorsTopic.assertOnNoRow(cursor);
      cursor.close();
      cursor.close();
      assertClosed(cursor::next);
    }
  }

  @Test
  void closingAStoreEndsItsSnapshotsAndTheirCursors() {
    GrantStore store = storeWith(GRANT);
    GrantSnapshot snapshot = store.snapshot();
    GrantCursor cursor = snapshot.cursor(new GrantQuery.Scan(SYNC));
    assertThat(cursor.next()).isTrue();

    store.close();

    assertClosed(snapshot::syncs);
    assertClosed(() -> snapshot.sync(SYNC));
    assertClosed(() -> snapshot.get(SYNC, "g1"));
    assertClosed(() -> snapshot.getAll(SYNC, List.of("g1")));
    assertClosed(() -> snapshot.holds(SYNC, GRANT.principal(), GRANT.entitlement()));
    assertClosed(() -> snapshot.cursor(new GrantQuery.Scan(SYNC)).close());
    assertClosed(() -> snapshot.page(new GrantQuery.Scan(SYNC), 1, PageToken.START));
    assertClosed(cursor::next);
    CursorsTopic.assertOnNoRow(cursor);
    snapshot.close();
    cursor.close();
    snapshot.close();
  }

  @Test
  void aGrantAndAPageOutliveTheStore() {
    GrantStore store = storeWith(GRANT);
    Grant got = store.get(SYNC, "g1").orElseThrow();
    List<Grant> page = store.page(new GrantQuery.Scan(SYNC), 5, PageToken.START).grants();

    store.close();

    assertThat(got).isEqualTo(GRANT);
    assertThat(page).containsExactly(GRANT);
  }

  @Test
  void aViewThatWasKeptNeverCrashes() {
    GrantStore store = storeWith(GRANT);
    GrantCursor cursor = store.cursor(new GrantQuery.Scan(SYNC));
    assertThat(cursor.next()).isTrue();
    var view = cursor.id(IdField.GRANT_ID);

    store.close();

    assertThat(view.toString()).isNotNull();
  }

  @Test
  void closingOneStoreLeavesAnotherOpen() {
    GrantStore closed = storeWith(GRANT);
    GrantStore open = storeWith(GRANT);

    closed.close();

    Reads.assertHoldsExactly(open, SYNC, List.of(GRANT));
  }
}
