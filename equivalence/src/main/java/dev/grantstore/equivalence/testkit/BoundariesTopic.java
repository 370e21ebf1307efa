package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Bytes;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStoreProvider;
import dev.grantstore.Ids;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The longest ids that an engine takes, each in the place of every id of a grant, in all that
 * stores do; and values of the sizes at which buffers grow.
 */
abstract class BoundariesTopic extends Topic {
  private static final int LARGEST_VALUE_BITS = 20;
  private static final int IDS = 6;

  BoundariesTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void grantsOfTheLongestIdsAreInEveryListAndPage() {
    List<Grant> grants = longest();
    GrantStore store = emptyStore();
    store.startSync(SYNC, "full", STARTED);
    grants.forEach(grant -> store.put(SYNC, grant));

    Reads.assertHoldsExactly(store, SYNC, grants);
    for (GrantQuery query : Reads.listsOf(SYNC, grants.get(0))) {
      Reads.assertRows("pages", Reads.pages(store, query, 1), ExpectedRows.of(query, grants));
    }
    Reads.assertHoldsExactly(store, SYNC, grants, List.of(changed(grants.get(1))));
  }

  /** In every list, whether or not the row given last is still there. */
  @Test
  void pagesGoOnAfterARowOfTheLongestIds() {
    List<Grant> grants = longest();
    GrantStore store = storeWith(grants);
    Set<GrantQuery> queries = new LinkedHashSet<>();
    grants.forEach(grant -> queries.addAll(Reads.listsOf(SYNC, grant)));
    for (GrantQuery query : queries) {
      List<Grant> rows = ExpectedRows.of(query, grants);
      GrantPage first = store.page(query, 1, PageToken.START);
      assertThat(first.grants().equals(rows.subList(0, 1))).as(query.kind()).isTrue();
      assertThat(first.next().isPresent()).isEqualTo(rows.size() > 1);
      first
          .next()
          .ifPresent(
              next -> {
                store.delete(SYNC, rows.get(0).id());
                GrantPage rest = store.page(query, rows.size(), next);
                Reads.assertRows("rest", rest.grants(), rows.subList(1, rows.size()));
                store.put(SYNC, rows.get(0));
              });
    }
  }

  @Test
  void replacingAndDeletingByTheLongestIdsLeavesNoTrace() {
    List<Grant> grants = longest();
    GrantStore store = storeWith(grants);
    List<Grant> changed = grants.stream().map(BoundariesTopic::changed).toList();

    store.putAll(SYNC, changed);
    Reads.assertHoldsExactly(store, SYNC, changed, grants);
    store.putAll(SYNC, grants);
    for (int i = 0; i < grants.size(); i += 2) {
      store.delete(SYNC, grants.get(i).id());
    }
    List<Grant> left = new ArrayList<>();
    for (int i = 1; i < grants.size(); i += 2) {
      left.add(grants.get(i));
    }
    Reads.assertHoldsExactly(store, SYNC, left, grants);
    store.deleteAll(SYNC, grants.stream().map(Grant::id).toList());
    Reads.assertHoldsExactly(store, SYNC, List.of(), grants);
  }

  @Test
  void snapshotsAndCursorsKeepTheLongestIds() {
    List<Grant> grants = longest();
    GrantStore store = storeWith(grants);
    GrantQuery scan = new GrantQuery.Scan(SYNC);
    try (GrantSnapshot snapshot = store.snapshot();
        GrantCursor cursor = store.cursor(scan)) {
      assertThat(cursor.next()).isTrue();
      store.deleteAll(SYNC, grants.stream().map(Grant::id).toList());

      Reads.assertHoldsExactly(snapshot, SYNC, grants);
      List<Grant> rows = new ArrayList<>();
      do {
        rows.add(cursor.grant());
      } while (cursor.next());
      Reads.assertRows("cursor", rows, ExpectedRows.of(scan, grants));
    }
  }

  @Test
  void theLongestIdsCountInDigestsAndStayThroughReopeningAndDrop() {
    List<Grant> grants = longest();
    GrantStore store = open(location(), OpenMode.CREATE);
    for (String sync : List.of(SYNC, "z".repeat(Ids.MAX_SYNC_ID_BYTES / longestShare()))) {
      store.startSync(sync, "full", STARTED);
      store.putAll(sync, grants);
      assertThat(store.seal(sync, ENDED).digest()).contains(digestOf(grants));
    }
    store.drop(SYNC);
    if (engine().claims().contains(Capability.PERSISTENT)) {
      store.close();
      store = open(location(), OpenMode.OPEN);
    }
    Reads.assertHoldsExactly(store, store.syncs().get(0).id(), grants);
  }

  @Test
  void theLongestIdsAreLoadedInPartsThatHoldThemTwice() {
    requires(Capability.BULK_LOAD);
    List<Grant> grants = longest();
    List<Grant> older = grants.stream().map(BoundariesTopic::changed).toList();
    GrantStore store = emptyStore();

    assertThat(BulkLoadTopic.load(store, List.of(older, grants)).digest())
        .contains(digestOf(grants));

    Reads.assertHoldsExactly(store, SYNC, grants, older);
  }

  /** In the order in which buffers grow, and in one in which the largest comes first. */
  @Test
  void valuesOfEverySizeComeBackFromEveryRead() {
    List<Grant> grants = sized();
    List<Grant> reversed = new ArrayList<>(grants);
    Collections.reverse(reversed);
    for (List<Grant> order : List.of(grants, reversed)) {
      List<Grant> named = new ArrayList<>();
      for (int i = 0; i < order.size(); i++) {
        named.add(renamed(order.get(i), String.format(Locale.ROOT, "g%03d", i)));
      }
      GrantStore store = emptyStore();
      store.startSync(SYNC, "full", STARTED);
      named.forEach(grant -> store.put(SYNC, grant));

      for (GrantQuery query : Reads.listsOf(SYNC, named.get(0))) {
        Reads.assertRows(query.kind(), Reads.list(store, query), ExpectedRows.of(query, named));
      }
      List<String> ids = named.stream().map(Grant::id).toList();
      assertThat(store.getAll(SYNC, ids).stream().map(Optional::orElseThrow).toList())
          .as("getAll")
          .matches(named::equals);
      for (Grant grant : named) {
        assertThat(store.get(SYNC, grant.id()).orElseThrow().equals(grant)).as(grant.id()).isTrue();
      }
      assertThat(store.seal(SYNC, ENDED).digest()).contains(digestOf(named));
    }
  }

  @Test
  void valuesOfEverySizeAreLoaded() {
    requires(Capability.BULK_LOAD);
    List<Grant> grants = sized();
    GrantStore store = emptyStore();

    assertThat(BulkLoadTopic.load(store, List.of(grants)).digest()).contains(digestOf(grants));

    for (GrantQuery query : Reads.listsOf(SYNC, grants.get(0))) {
      Reads.assertRows(query.kind(), Reads.list(store, query), ExpectedRows.of(query, grants));
    }
  }

  /** Each id in its turn takes all the room there is; three of each, which differ at the end. */
  private List<Grant> longest() {
    List<Grant> grants = new ArrayList<>();
    for (String unit : List.of("\u0000", "x")) {
      // What no key escapes is the shorter key: one id of it will do.
      for (int field = 0; field < (unit.equals("x") ? 1 : IDS); field++) {
        for (String end : List.of("a", "b", "c")) {
          String[] ids = {"g" + unit + field + end, "", "", "", "", ""};
          ids[field] = "";
          ids[field] = longText(unit, String.join("", ids) + end) + end;
          grants.add(
              aGrant()
                  .id(ids[0])
                  .of(ids[1], ids[2], ids[3])
                  .forPrincipal(ids[4], ids[5])
                  .needingExpansion()
                  .build());
        }
      }
    }
    return grants;
  }

  /** {@return as much of a text as fits beside others} */
  private String longText(String unit, String others) {
    if (engine().claims().contains(Capability.LONG_IDS)) {
      return unit.repeat(Ids.MAX_GRANT_IDS_BYTES - others.length());
    }
    int left = GrantStoreProvider.LEAST_ID_BYTES - counted(others);
    return unit.repeat(left / counted(unit));
  }

  private static int counted(String text) {
    return text.length() + (int) text.chars().filter(c -> c <= 1).count();
  }

  private int longestShare() {
    return engine().claims().contains(Capability.LONG_IDS) ? 1 : 3;
  }

  private static Grant changed(Grant grant) {
    return aGrant()
        .id(grant.id())
        .of("", "", "")
        .forPrincipal("", "")
        .annotatedWith("changed", Bytes.EMPTY)
        .build();
  }

  private static List<Grant> sized() {
    List<Grant> grants = new ArrayList<>();
    for (int bits = 6; bits <= LARGEST_VALUE_BITS; bits++) {
      for (int size = (1 << bits) - 1; size <= (1 << bits) + 1; size++) {
        byte[] value = new byte[size];
        value[size - 1] = (byte) bits;
        grants.add(
            aGrant()
                .id("g" + size)
                .annotatedWith("a", Bytes.copyOf(value))
                .needingExpansion()
                .build());
      }
    }
    return grants;
  }

  private static Grant renamed(Grant grant, String id) {
    return aGrant()
        .id(id)
        .annotatedWith("a", grant.annotations().get(0).value())
        .needingExpansion()
        .build();
  }
}
