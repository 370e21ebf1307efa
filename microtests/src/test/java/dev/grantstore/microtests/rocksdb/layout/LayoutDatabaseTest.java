package dev.grantstore.microtests.rocksdb.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.TickerType;

/** Layouts differ in what they cost, not in what they answer; and their filters are really used. */
final class LayoutDatabaseTest {
  private static final Grants GRANTS = Grants.of(Content.REFERENCE, 2_000);
  private static final int ASKED = 300;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {
        "INDEX_AND_LOOKUP",
        "FLAT_KEYS",
        "ONE_FAMILY",
        "PRINCIPAL_FILTER",
        "HOLDING_FILTER",
        "HOLDING_ROWS",
        "ZSTD_DICTIONARY"
      })
  void layoutGivesTheEnginesAnswers(Layout layout) throws Exception {
    try (LayoutDatabase engine = filled(Layout.ENGINE, "engine");
        LayoutDatabase database = filled(layout, "layout")) {
      LayoutRows plain = new LayoutRows(Layout.ENGINE.keys(), GRANTS);
      LayoutRows rows = new LayoutRows(layout.keys(), GRANTS);
      assertThat(database.list(Table.GRANTS, new byte[Integer.BYTES])).isEqualTo(GRANTS.count());
      for (int i = 0; i < ASKED; i++) {
        assertThat(database.get(rows.grants[i])).isPositive();
        assertThat(database.get(rows.missing[i])).isNegative();
        assertThat(database.holds(rows.held[i])).isTrue();
        assertThat(database.holds(rows.notHeld[i])).isEqualTo(engine.holds(plain.notHeld[i]));
        assertThat(database.list(Table.BY_PRINCIPAL, rows.nobodies[i])).isZero();
        assertThat(database.list(Table.BY_ENTITLEMENT, rows.entitlements[i]))
            .isEqualTo(engine.list(Table.BY_ENTITLEMENT, plain.entitlements[i]))
            .isPositive();
      }
    }
  }

  @Test
  void holdingFilterRulesOutWhatIsNotHeld() throws Exception {
    assertThat(ruledOut(Layout.HOLDING_FILTER)).isPositive();
  }

  @Test
  void withoutPrefixFilterNothingIsRuledOut() throws Exception {
    assertThat(ruledOut(Layout.ENGINE)).isZero();
  }

  @Test
  void principalFilterRulesOutNobody() throws Exception {
    RocksDB.loadLibrary();
    filled(Layout.PRINCIPAL_FILTER, "db").close();
    LayoutRows rows = new LayoutRows(Layout.PRINCIPAL_FILTER.keys(), GRANTS);
    try (Cache cache = new LRUCache(1 << 20);
        LayoutDatabase database =
            LayoutDatabase.openCounting(
                Layout.PRINCIPAL_FILTER, rows, folder.resolve("db"), cache)) {
      for (byte[] nobody : rows.nobodies) {
        database.list(Table.BY_PRINCIPAL, nobody);
      }
      assertThat(database.counted(TickerType.LAST_LEVEL_SEEK_FILTERED))
          .isGreaterThan(rows.nobodies.length / 2);
    }
  }

  /** How many seeks for holdings a filter spared. */
  private long ruledOut(Layout layout) throws Exception {
    RocksDB.loadLibrary();
    filled(layout, "db").close();
    LayoutRows rows = new LayoutRows(layout.keys(), GRANTS);
    try (Cache cache = new LRUCache(1 << 20);
        LayoutDatabase database =
            LayoutDatabase.openCounting(layout, rows, folder.resolve("db"), cache)) {
      for (int i = 0; i < ASKED; i++) {
        database.holds(rows.notHeld[i]);
      }
      return database.counted(TickerType.LAST_LEVEL_SEEK_FILTERED);
    }
  }

  private LayoutDatabase filled(Layout layout, String name) throws Exception {
    LayoutRows rows = new LayoutRows(layout.keys(), GRANTS);
    Path path = folder.resolve(name);
    LayoutDatabase.create(new LayoutFiles(layout, rows), layout, path);
    return LayoutDatabase.open(layout, rows, path, 1 << 20);
  }
}
