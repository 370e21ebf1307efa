package dev.grantstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.BulkLoad;
import dev.grantstore.BulkLoadOptions;
import dev.grantstore.BulkPart;
import dev.grantstore.CorruptionException;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantSnapshot;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantStores;
import dev.grantstore.OpenMode;
import dev.grantstore.PageToken;
import dev.grantstore.PrincipalRef;
import dev.grantstore.StoreOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are gone as a whole, which no checksum tells: what is noticed, and what is not. */
final class MissingRowsTest {
  private static final Instant NOW = Instant.parse("2024-03-01T10:00:00Z");
  private static final int GRANTS = 30;

  @TempDir private Path temp;
  private Path location;

  @BeforeEach
  void make() {
    location = temp.resolve("store");
    try (GrantStore store = open(OpenMode.CREATE)) {
      store.startSync("sealed", "full", NOW);
      store.putAll("sealed", grants());
      store.putAll("sealed", grants().subList(0, 5));
      store.put("sealed", grant(99));
      store.deleteAll("sealed", List.of("g99", "g98"));
      store.seal("sealed", NOW);
      try (BulkLoad load = store.bulkLoad("loaded", "full", NOW, BulkLoadOptions.defaults())) {
        try (BulkPart part = load.openPart()) {
          grants().forEach(part::add);
          grants().subList(3, 9).forEach(part::add);
        }
        load.commit(NOW);
      }
      store.startSync("open", "full", NOW);
      store.putAll("open", grants());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sealed", "loaded"})
  void allGrantsOfASealedSyncAreCounted(String sync) throws SQLException {
    for (OpenMode mode : List.of(OpenMode.READ_ONLY, OpenMode.OPEN)) {
      try (GrantStore store = open(mode)) {
        assertThat(count(store, new GrantQuery.Scan(sync))).isEqualTo(GRANTS);
        assertThat(count(store, new GrantQuery.NeedingExpansion(sync))).isEqualTo(GRANTS / 3);
      }
    }
    takeAway("grants");
    takeAway("needs_expansion");
    try (GrantStore store = open(OpenMode.READ_ONLY);
        GrantSnapshot snapshot = store.snapshot()) {
      for (GrantReader reader : List.of(store, snapshot)) {
        assertTold(reader, new GrantQuery.Scan(sync), "rows=29 expected=30");
        assertTold(reader, new GrantQuery.NeedingExpansion(sync), "rows=9 expected=10");
      }
    }
  }

  @Test
  void aCursorThatEndedWithTheWrongNumberStaysSo() throws SQLException {
    takeAway("grants");
    try (GrantStore store = open(OpenMode.READ_ONLY);
        GrantCursor cursor = store.cursor(new GrantQuery.Scan("sealed"))) {
      for (int i = 0; i < GRANTS - 1; i++) {
        assertThat(cursor.next()).isTrue();
      }
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(cursor::next).isInstanceOf(CorruptionException.class);
      }
    }
  }

  /** A list that is read by pages is not counted, but for one that has a single page. */
  @Test
  void onlyWhatIsReadFromItsStartIsCounted() throws SQLException {
    takeAway("grants");
    try (GrantStore store = open(OpenMode.READ_ONLY)) {
      GrantQuery scan = new GrantQuery.Scan("sealed");
      assertThatThrownBy(() -> store.page(scan, 100, PageToken.START))
          .isInstanceOf(CorruptionException.class);
      Optional<PageToken> rest = store.page(scan, 20, PageToken.START).next();
      assertThat(store.page(scan, 20, rest.orElseThrow()).grants()).hasSize(9);
    }
  }

  /** What no row says the length of. */
  @Test
  void otherListsAndOpenSyncsAreNotCounted() throws SQLException {
    takeAway("grants");
    takeAway("by_entitlement");
    takeAway("by_principal");
    try (GrantStore store = open(OpenMode.OPEN)) {
      Grant gone = grant(0);
      assertThat(count(store, new GrantQuery.Scan("open"))).isEqualTo(GRANTS - 1);
      for (String sync : List.of("sealed", "open")) {
        assertThat(store.get(sync, gone.id())).isEmpty();
        assertThat(store.holds(sync, gone.principal(), gone.entitlement())).isFalse();
        assertThat(count(store, new GrantQuery.ByEntitlement(sync, gone.entitlement())))
            .isEqualTo(4);
        assertThat(count(store, new GrantQuery.ByPrincipal(sync, gone.principal()))).isZero();
      }
    }
  }

  private static void assertTold(GrantReader reader, GrantQuery query, String numbers) {
    assertThatThrownBy(() -> count(reader, query))
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining("sync has not the rows it had: " + numbers);
  }

  /** Removes the rows of one grant from a table, as a page does that is lost. */
  private void takeAway(String table) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + location.resolve("grants.db"));
        Statement statement = connection.createStatement()) {
      // Its id ends the key.
      assertThat(
              statement.executeUpdate(
                  "DELETE FROM " + table + " WHERE substr(hex(key), -6) = '673000'"))
          .isEqualTo(3);
    }
  }

  private static int count(GrantReader store, GrantQuery query) {
    int rows = 0;
    try (GrantCursor cursor = store.cursor(query)) {
      while (cursor.next()) {
        rows++;
      }
    }
    return rows;
  }

  private GrantStore open(OpenMode mode) {
    return GrantStores.open("sqlite:" + location, StoreOptions.of(mode));
  }

  private static List<Grant> grants() {
    return IntStream.range(0, GRANTS).mapToObj(MissingRowsTest::grant).toList();
  }

  private static Grant grant(int number) {
    return new Grant(
        "g" + number,
        new EntitlementRef("app", "app-" + number % 6, "member"),
        new PrincipalRef("user", "u" + number),
        NOW,
        number % 3 == 0,
        Optional.empty(),
        List.of(),
        List.of());
  }
}
