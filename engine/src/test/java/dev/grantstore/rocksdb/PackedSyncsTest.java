package dev.grantstore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantPage;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.IdField;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.StoreOptions;
import dev.grantstore.Utf8View;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packed syncs of a store, against the same ones as the memory engine has them. */
final class PackedSyncsTest {
  private static final String SYNC = "sealed";
  private static final int ROWS = 60;
  private static final int LOADED_ROWS = 3_000;

  @TempDir Path folder;

  private GrantStore model;

  @BeforeEach
  void fillModel() {
    model = GrantStores.open("memory:", StoreOptions.of(OpenMode.CREATE));
    fill(model);
  }

  @AfterEach
  void closeModel() {
    model.close();
  }

  /** With a row in a page, and with a few, so that lists end within pages and at their ends. */
  @ParameterizedTest
  @ValueSource(ints = {1, 40, 100, 300, 4_096})
  void everyListPageAndGetIsTheSame(int pageBytes) {
    try (GrantStore store = open(pageBytes, 0)) {
      fill(store);
      assertAlike(store);
      try (GrantSnapshot snapshot = store.snapshot()) {
        assertAlike(snapshot);
      }
    }
    try (GrantStore reopened = open(4_096, 1 << 20)) {
      assertAlike(reopened);
    }
    StoredRows.assertConsistent(folder.resolve("store"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void aLoadInSeveralPartsIsInOrder(int threads) {
    try (GrantStore store = open(500, 1 << 20)) {
      for (GrantStore loaded : List.of(store, model)) {
        try (BulkLoad load =
            loaded.bulkLoad(
                "loaded", "full", SampleGrants.STARTED, new BulkLoadOptions(1 << 20, threads))) {
          try (BulkPart part = load.openPart()) {
            SampleGrants.grants(0, LOADED_ROWS).forEach(part::add);
          }
          load.commit(SampleGrants.ENDED);
        }
      }
      for (GrantQuery query : queries("loaded")) {
        assertThat(list(store, query)).as("%s", query).isEqualTo(list(model, query));
      }
      assertThat(store.sync("loaded")).isEqualTo(model.sync("loaded"));
      for (Grant grant : SampleGrants.grants(0, LOADED_ROWS)) {
        assertThat(store.holds("loaded", grant.principal(), grant.entitlement())).isTrue();
      }
    }
    StoredRows.assertConsistent(folder.resolve("store"));
  }

  /** Whoever reads its row meanwhile, on another thread, must not see the row of another cursor. */
  @Test
  void aCursorThatItsSnapshotEndsLendsItsViewsToNoOther() {
    try (GrantStore store = open(4_096, 1 << 20)) {
      fill(store);
      GrantSnapshot snapshot = store.snapshot();
      GrantCursor ended = snapshot.cursor(new GrantQuery.Scan(SYNC));
      assertThat(ended.next()).isTrue();
      Utf8View view = ended.id(IdField.PRINCIPAL_ID);
      String shown = view.toString();
      snapshot.close();
      try (GrantCursor other = store.cursor(new GrantQuery.Scan(SYNC))) {
        assertThat(other.next()).isTrue();
        assertThat(other.id(IdField.PRINCIPAL_ID)).isNotSameAs(view);
        assertThat(view).hasToString(shown);
      }
      assertThatThrownBy(ended::next).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1 << 20})
  void cursorsOfASyncThatIsDroppedGoOn(long cacheBytes) {
    List<Grant> all = list(model, new GrantQuery.Scan(SYNC));
    try (GrantStore store = open(40, cacheBytes)) {
      fill(store);
      GrantCursor first = store.cursor(new GrantQuery.Scan(SYNC));
      GrantCursor second = store.cursor(new GrantQuery.Scan(SYNC));
      GrantCursor third = store.cursor(new GrantQuery.Scan(SYNC));
      assertThat(second.next()).isTrue();
      store.drop(SYNC);
      store.settle(Duration.ofMinutes(5));
      // The last one that reads keeps the pages, whichever was closed before.
      first.close();
      List<Grant> rest = new ArrayList<>(List.of(second.grant()));
      while (second.next()) {
        rest.add(second.grant());
      }
      second.close();

      assertThat(rest).isEqualTo(all);
      assertThat(drained(third)).isEqualTo(all);
      assertThat(store.sync(SYNC)).isEmpty();
      fill(store);
      assertAlike(store);
    }
    StoredRows.assertConsistent(folder.resolve("store"));
  }

  @Test
  void aSnapshotAnswersAsBeforeOnceItsSyncIsDropped() {
    try (GrantStore store = open(40, 0)) {
      fill(store);
      try (GrantSnapshot unread = store.snapshot();
          GrantSnapshot read = store.snapshot()) {
        assertAlike(read);
        store.drop(SYNC);
        assertAlike(read);
        assertAlike(unread);
      }
    }
  }

  /** A page that does not fit in is read each time, and no less right. */
  @Test
  void rowsLargerThanPagesAndTheCacheAreRead() {
    try (GrantStore store = open(40, 10)) {
      fill(store);
      assertAlike(store);
    }
  }

  private void assertAlike(GrantReader store) {
    assertThat(store.sync(SYNC)).isEqualTo(model.sync(SYNC));
    for (GrantQuery query : queries(SYNC)) {
      List<Grant> expected = list(model, query);
      assertThat(list(store, query)).as("%s", query).isEqualTo(expected);
      for (int limit : List.of(1, 2, 3, 7)) {
        assertThat(inPages(store, query, limit)).as("%s by %d", query, limit).isEqualTo(expected);
      }
    }
    List<String> ids = new ArrayList<>();
    for (int i = -2; i < ROWS + 2; i++) {
      Grant grant = SampleGrants.grant(Math.abs(i), 0);
      ids.add(i < 0 ? "g" + i : grant.id());
      ids.add(grant.id() + "0");
      assertThat(store.holds(SYNC, grant.principal(), grant.entitlement()))
          .isEqualTo(model.holds(SYNC, grant.principal(), grant.entitlement()));
      assertThat(store.holds(SYNC, grant.principal(), SampleGrants.entitlement(i + 5)))
          .isEqualTo(model.holds(SYNC, grant.principal(), SampleGrants.entitlement(i + 5)));
    }
    assertThat(store.getAll(SYNC, ids)).isEqualTo(model.getAll(SYNC, ids));
    for (String id : ids) {
      Optional<Grant> expected = model.get(SYNC, id);
      assertThat(store.get(SYNC, id)).isEqualTo(expected);
    }
  }

  private static List<GrantQuery> queries(String sync) {
    List<GrantQuery> queries = new ArrayList<>();
    queries.add(new GrantQuery.Scan(sync));
    queries.add(new GrantQuery.NeedingExpansion(sync));
    queries.add(
        new GrantQuery.ByEntitlements(
            sync, List.of(SampleGrants.entitlement(0), SampleGrants.entitlement(4))));
    for (int i = 0; i < 8; i++) {
      queries.add(new GrantQuery.ByEntitlement(sync, SampleGrants.entitlement(i)));
      queries.add(new GrantQuery.ByPrincipal(sync, SampleGrants.principal(6 * i)));
      queries.add(new GrantQuery.ByEntitlementResource(sync, "app", "app-" + i % 4));
    }
    return queries;
  }

  private static List<Grant> list(GrantReader reader, GrantQuery query) {
    return drained(reader.cursor(query));
  }

  private static List<Grant> drained(GrantCursor cursor) {
    List<Grant> rows = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        rows.add(cursor.grant());
      }
    }
    return rows;
  }

  private static List<Grant> inPages(GrantReader reader, GrantQuery query, int limit) {
    List<Grant> rows = new ArrayList<>();
    Optional<PageToken> next = Optional.of(PageToken.START);
    while (next.isPresent()) {
      GrantPage page = reader.page(query, limit, next.get());
      rows.addAll(page.grants());
      assertThat(rows).as("%s by %d", query, limit).hasSizeLessThanOrEqualTo(ROWS);
      next = page.next();
    }
    return rows;
  }

  private static void fill(GrantStore store) {
    store.startSync(SYNC, "full", SampleGrants.STARTED);
    store.putAll(SYNC, SampleGrants.grants(0, ROWS));
    store.seal(SYNC, SampleGrants.ENDED);
  }

  private GrantStore open(int pageBytes, long cacheBytes) {
    return GrantStores.open(
        "rocksdb:" + folder.resolve("store"),
        Misuse.options(OpenMode.OPEN_OR_CREATE)
            .withCacheBytes(cacheBytes)
            .withEngineOption("page_bytes", Integer.toString(pageBytes)));
  }
}
