package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.grantstore.BulkLoadOptions;
import dev.grantstore.Grant;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreException;
import dev.grantstore.Ids;
import dev.grantstore.PageToken;
import dev.grantstore.Reason;
import dev.grantstore.equivalence.workload.TrapIds;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What cannot be right is refused before anything is changed. */
abstract class BadInputTopic extends Topic {
  private static final Class<IllegalArgumentException> BAD = IllegalArgumentException.class;
  private static final Class<NullPointerException> NULL = NullPointerException.class;
  private static final Grant GRANT = aFullGrant("g1").build();
  private static final Grant OTHER = aGrant().id("g2").build();

  BadInputTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  @SuppressWarnings("NullAway") // nulls are what is tried
  void nullIsRefusedByEveryRead() {
    GrantStore store = storeWith(GRANT);

    assertBad(store, NULL, () -> store.sync(null));
    assertBad(store, NULL, () -> store.get(null, "g1"));
    assertBad(store, NULL, () -> store.get(SYNC, null));
    assertBad(store, NULL, () -> store.getAll(null, List.of("g1")));
    assertBad(store, NULL, () -> store.getAll(SYNC, null));
    assertBad(store, NULL, () -> store.cursor(null));
    assertBad(store, NULL, () -> store.page(null, 1, PageToken.START));
    assertBad(store, NULL, () -> store.page(new GrantQuery.Scan(SYNC), 1, null));
    assertBad(store, NULL, () -> store.holds(null, GRANT.principal(), GRANT.entitlement()));
    assertBad(store, NULL, () -> store.holds(SYNC, null, GRANT.entitlement()));
    assertBad(store, NULL, () -> store.holds(SYNC, GRANT.principal(), null));
  }

  @Test
  @SuppressWarnings("NullAway") // nulls are what is tried
  void nullIsRefusedByEveryWrite() {
    GrantStore store = storeWith(GRANT);

    assertBad(store, NULL, () -> store.put(null, GRANT));
    assertBad(store, NULL, () -> store.put(SYNC, null));
    assertBad(store, NULL, () -> store.putAll(null, List.of(GRANT)));
    assertBad(store, NULL, () -> store.putAllIfNewer(null, List.of(GRANT)));
    assertBad(store, NULL, () -> store.putAll(SYNC, null));
    assertBad(store, NULL, () -> store.putAllIfNewer(SYNC, null));
    assertBad(store, NULL, () -> store.delete(null, "g1"));
    assertBad(store, NULL, () -> store.delete(SYNC, null));
    assertBad(store, NULL, () -> store.deleteAll(null, List.of("g1")));
    assertBad(store, NULL, () -> store.deleteAll(SYNC, null));
    assertBad(store, NULL, () -> store.expire(null, ENDED));
    assertBad(store, NULL, () -> store.expire(SYNC, null));
    assertBad(store, NULL, () -> store.startSync(null, "full", STARTED));
    assertBad(store, NULL, () -> store.startSync("new", null, STARTED));
    assertBad(store, NULL, () -> store.startSync("new", "full", null));
    assertBad(store, NULL, () -> store.seal(null, ENDED));
    assertBad(store, NULL, () -> store.seal(SYNC, null));
    assertBad(store, NULL, () -> store.drop(null));
    assertBad(store, NULL, () -> store.settle(null));
  }

  @Test
  @SuppressWarnings("NullAway") // nulls are what is tried
  void nullIsRefusedByBulkLoad() {
    requires(Capability.BULK_LOAD);
    GrantStore store = storeWith(GRANT);
    BulkLoadOptions options = BulkLoadOptions.defaults();

    assertBad(store, NULL, () -> store.bulkLoad(null, "full", STARTED, options));
    assertBad(store, NULL, () -> store.bulkLoad("new", null, STARTED, options));
    assertBad(store, NULL, () -> store.bulkLoad("new", "full", null, options));
    assertBad(store, NULL, () -> store.bulkLoad("new", "full", STARTED, null));
    store.bulkLoad("new", "full", STARTED, options).close();
  }

  @Test
  void aNullInABatchRefusesItWholeAndNamesTheIndex() {
    GrantStore store = storeWith(GRANT);

    assertBad(store, NULL, "2", () -> store.putAll(SYNC, Arrays.asList(OTHER, OTHER, null)));
    assertBad(store, NULL, "2", () -> store.putAllIfNewer(SYNC, Arrays.asList(OTHER, OTHER, null)));
    assertBad(store, NULL, "0", () -> store.putAll(SYNC, Arrays.asList(null, OTHER)));
    assertBad(store, NULL, "0", () -> store.putAllIfNewer(SYNC, Arrays.asList(null, OTHER)));
    assertBad(store, NULL, "1", () -> store.deleteAll(SYNC, Arrays.asList("g1", null)));
    assertBad(store, NULL, "1", () -> store.getAll(SYNC, Arrays.asList("g1", null, "g1")));
  }

  @Test
  void anEmptyIdInABatchRefusesItWholeAndNamesTheIndex() {
    GrantStore store = storeWith(GRANT, OTHER);

    assertBad(store, BAD, "1", () -> store.deleteAll(SYNC, List.of("g1", "", "g2")));
    assertBad(store, BAD, "2", () -> store.getAll(SYNC, List.of("g1", "g2", "")));
  }

  @Test
  void anEmptySyncIdIsRefusedEverywhere() {
    forBadSyncIds(List.of(""));
  }

  @Test
  void aSyncIdWithHalfASurrogatePairIsRefusedEverywhere() {
    forBadSyncIds(TrapIds.malformed());
  }

  @Test
  void aSyncIdThatIsTooLongIsRefusedEverywhere() {
    int limit = Ids.MAX_SYNC_ID_BYTES;
    forBadSyncIds(List.of("x".repeat(limit + 1), "\u00e9".repeat(limit / 2) + "x"));
  }

  @Test
  void anEmptyGrantIdIsRefused() {
    forBadGrantIds(List.of(""));
  }

  @Test
  void aGrantIdWithHalfASurrogatePairIsRefused() {
    forBadGrantIds(TrapIds.malformed());
  }

  @Test
  void aGrantIdThatIsTooLongIsRefused() {
    int limit = Ids.MAX_GRANT_IDS_BYTES;
    forBadGrantIds(List.of("x".repeat(limit + 1), "\u00e9".repeat(limit / 2) + "x"));
  }

  @Test
  void aMalformedSyncTypeIsRefusedAndTheIdStaysFree() {
    GrantStore store = storeWith(GRANT);
    for (String bad : TrapIds.malformed()) {
      assertBad(store, BAD, () -> store.startSync("new", bad, STARTED));
    }
    store.startSync("new", "", STARTED);
  }

  @Test
  void aRefusalNamesTheRuleAndShowsAnExcerptOnly() {
    GrantStore store = storeWith(GRANT);
    Throwable refusal = catchThrowable(() -> store.get(SYNC, "x".repeat(100_000)));

    assertThat(refusal).hasMessageContaining("grant id").message().hasSizeLessThan(500);
    assertThat(refusal).hasMessageContaining("32000");
  }

  @Test
  void aBatchOverTheLimitIsRefusedWhole() {
    GrantStore store = storeWith(GRANT);
    int tooMany = GrantStore.MAX_BATCH_ROWS + 1;

    assertBad(store, BAD, "1000000", () -> store.putAll(SYNC, Collections.nCopies(tooMany, OTHER)));
    assertBad(
        store,
        BAD,
        "1000000",
        () -> store.putAllIfNewer(SYNC, Collections.nCopies(tooMany, OTHER)));
    assertBad(
        store, BAD, "1000000", () -> store.deleteAll(SYNC, Collections.nCopies(tooMany, "g1")));
  }

  @Test
  void aCollectionThatFailsOnTheWayIsPassedOnAndNothingIsWritten() {
    GrantStore store = storeWith(GRANT);

    assertBad(store, FailsOnTheWay.class, () -> store.putAll(SYNC, failingAfter(OTHER)));
    assertBad(store, FailsOnTheWay.class, () -> store.putAllIfNewer(SYNC, failingAfter(OTHER)));
    assertBad(store, FailsOnTheWay.class, () -> store.deleteAll(SYNC, failingAfter("g1")));
    assertBad(store, FailsOnTheWay.class, () -> store.getAll(SYNC, failingAfter("g1")));
    store.put(SYNC, OTHER);
    Reads.assertHoldsExactly(store, SYNC, List.of(GRANT, OTHER));
  }

  @Test
  void anInterruptedThreadKeepsItsFlagAndNothingIsTorn() {
    GrantStore store = storeWith(GRANT);
    boolean acknowledged = false;
    Thread.currentThread().interrupt();
    try {
      store.put(SYNC, OTHER);
      acknowledged = true;
      store.flush();
    } catch (GrantStoreException e) {
      assertThat(e.reason()).isIn(Reason.IO, Reason.TIMEOUT);
    } finally {
      assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
    }
    boolean isThere = acknowledged || store.get(SYNC, "g2").isPresent();
    Reads.assertHoldsExactly(
        store, SYNC, isThere ? List.of(GRANT, OTHER) : List.of(GRANT), List.of(OTHER));
  }

  private void forBadSyncIds(List<String> badIds) {
    GrantStore store = storeWith(GRANT);
    for (String bad : badIds) {
      assertBad(store, BAD, () -> store.sync(bad));
      assertBad(store, BAD, () -> store.get(bad, "g1"));
      assertBad(store, BAD, () -> store.getAll(bad, List.of("g1")));
      assertBad(store, BAD, () -> store.holds(bad, GRANT.principal(), GRANT.entitlement()));
      assertBad(store, BAD, () -> store.startSync(bad, "full", STARTED));
      assertBad(store, BAD, () -> store.put(bad, GRANT));
      assertBad(store, BAD, () -> store.putAll(bad, List.of()));
      assertBad(store, BAD, () -> store.putAllIfNewer(bad, List.of()));
      assertBad(store, BAD, () -> store.delete(bad, "g1"));
      assertBad(store, BAD, () -> store.deleteAll(bad, List.of()));
      assertBad(store, BAD, () -> store.expire(bad, ENDED));
      assertBad(store, BAD, () -> store.seal(bad, ENDED));
      assertBad(store, BAD, () -> store.drop(bad));
    }
  }

  private void forBadGrantIds(List<String> badIds) {
    GrantStore store = storeWith(GRANT);
    List<BiConsumer<GrantStore, String>> calls =
        List.of(
            (s, bad) -> s.get(SYNC, bad),
            (s, bad) -> s.getAll(SYNC, List.of("g1", bad)),
            (s, bad) -> s.delete(SYNC, bad),
            (s, bad) -> s.deleteAll(SYNC, List.of("g1", bad)));
    for (String bad : badIds) {
      calls.forEach(call -> assertBad(store, BAD, () -> call.accept(store, bad)));
    }
  }

  /** {@return three elements, of which the third cannot be had} */
  private static <T> List<T> failingAfter(T element) {
    return new AbstractList<>() {
      @Override
      public T get(int index) {
        if (index == 2) {
          throw new FailsOnTheWay();
        }
        return element;
      }

      @Override
      public int size() {
        return 3;
      }
    };
  }

  private static final class FailsOnTheWay extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
