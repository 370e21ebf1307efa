package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.Reason;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that is open read-only shows everything and writes nothing. */
abstract class ReadOnlyTopic extends Topic {
  private static final Grant FULL = aFullGrant("g1").build();
  private static final Grant BARE = aGrant().id("g2").forUser("u2").build();

  ReadOnlyTopic(GrantStoreContract engine) {
    super(engine);
  }

  @BeforeEach
  final void requireReadOnlyOpen() {
    requires(Capability.READ_ONLY_OPEN);
  }

  @Test
  void showsEverything() {
    GrantStore written = write();
    Content before = Content.of(written);
    written.close();

    GrantStore store = open(location(), OpenMode.READ_ONLY);

    assertThat(Content.of(store)).isEqualTo(before);
    Reads.assertHoldsExactly(store, SYNC, List.of(FULL, BARE));
    try (GrantSnapshot snapshot = store.snapshot()) {
      Reads.assertHoldsExactly(snapshot, SYNC, List.of(FULL, BARE));
    }
    assertThat(store.stats().keyspaces()).isNotEmpty();
  }

  @Test
  void refusesEveryWrite() {
    write().close();
    GrantStore store = open(location(), OpenMode.READ_ONLY);

    assertRefused(store, Reason.READ_ONLY, "", () -> store.put(SYNC, aGrant().id("new").build()));
    assertRefused(store, Reason.READ_ONLY, "", () -> store.putAll(SYNC, List.of(BARE)));
    assertRefused(store, Reason.READ_ONLY, "", () -> store.putAllIfNewer(SYNC, List.of(BARE)));
    assertRefused(store, Reason.READ_ONLY, "", () -> store.delete(SYNC, "g1"));
    assertRefused(store, Reason.READ_ONLY, "", () -> store.deleteAll(SYNC, List.of("g1")));
    assertRefused(store, Reason.READ_ONLY, "", () -> store.expire(SYNC, STARTED));
    assertRefused(store, Reason.READ_ONLY, "", () -> store.startSync("new", "full", STARTED));
    assertRefused(store, Reason.READ_ONLY, "", () -> store.seal(SYNC, ENDED));
    assertRefused(store, Reason.READ_ONLY, "", () -> store.drop(SYNC));
    assertRefused(store, Reason.READ_ONLY, "", () -> store.drop("sealed"));
  }

  @Test
  void refusesABulkLoad() {
    requires(Capability.BULK_LOAD);
    write().close();
    GrantStore store = open(location(), OpenMode.READ_ONLY);

    assertRefused(
        store,
        Reason.READ_ONLY,
        "",
        () -> store.bulkLoad("new", "full", STARTED, BulkLoadOptions.defaults()).close());
  }

  @Test
  void leavesTheStoreToBeOpenedForWriting() {
    write().close();
    open(location(), OpenMode.READ_ONLY).close();

    GrantStore store = open(location(), OpenMode.OPEN);
    store.delete(SYNC, "g1");

    Reads.assertHoldsExactly(store, SYNC, List.of(BARE), List.of(FULL));
  }

  @Test
  void canBeOpenManyTimesAtOnce() {
    write().close();

    for (int i = 0; i < 3; i++) {
      Reads.assertHoldsExactly(open(location(), OpenMode.READ_ONLY), SYNC, List.of(FULL, BARE));
    }
  }

  @Test
  void aPageTokenOfTheWriterGoesOn() {
    GrantStore written = write();
    GrantQuery query = new GrantQuery.Scan(SYNC);
    PageToken next = written.page(query, 1, PageToken.START).next().orElseThrow();
    written.close();

    assertThat(open(location(), OpenMode.READ_ONLY).page(query, 1, next).grants())
        .containsExactly(BARE);
  }

  @Test
  void closesLikeAnyStore() {
    write().close();
    GrantStore store = open(location(), OpenMode.READ_ONLY);
    store.close();
    store.close();

    assertClosed(() -> store.get(SYNC, "g1"));
    assertClosed(() -> store.put(SYNC, FULL));
  }

  private GrantStore write() {
    GrantStore store = open(location(), OpenMode.CREATE);
    store.startSync(SYNC, "full", STARTED);
    store.putAll(SYNC, List.of(FULL, BARE));
    store.startSync("sealed", "full", STARTED);
    store.put("sealed", FULL);
    store.seal("sealed", ENDED);
    return store;
  }
}
