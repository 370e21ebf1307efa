package dev.grantstore.sqlite;

import dev.grantstore.StoreStats;
import dev.grantstore.layout.FormatVersion;
import dev.grantstore.layout.Keyspace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sizes and figures. Rows and bytes of each table come from SQLite's {@code dbstat}, which reads
 * the whole file; so they are kept until the next write. Thread-safe.
 */
final class SqliteFigures {
  private static final String TABLES =
      "SELECT name, ncell, pgsize FROM dbstat WHERE aggregate = TRUE";
  private static final List<String> NUMBERS = List.of("page_size", "page_count", "freelist_count");

  private final SqliteFile file;
  private List<StoreStats.Keyspace> keyspaces = List.of();
  private long keyspacesAt = -1;

  SqliteFigures(SqliteFile file) {
    this.file = file;
  }

  /**
   * The figures.
   *
   * @param commit the number of the last write
   */
  synchronized StoreStats read(Session session, long commit) throws SQLException {
    synchronized (session) {
      if (keyspacesAt != commit) {
        keyspaces = readKeyspaces(session);
        keyspacesAt = commit;
      }
      SortedMap<String, String> engine = new TreeMap<>();
      for (String name : NUMBERS) {
        engine.put(name, Long.toString(number(session, "PRAGMA " + name)));
      }
      engine.put("log-bytes", Long.toString(file.log().toFile().length()));
      engine.put("store.format", Integer.toString(FormatVersion.CURRENT));
      engine.put("durability", file.options().durability().name());
      engine.put("cache-limit-bytes", Long.toString(file.options().cacheBytes()));
      return new StoreStats(keyspaces, 0, engine);
    }
  }

  private static List<StoreStats.Keyspace> readKeyspaces(Session session) throws SQLException {
    Map<String, StoreStats.Keyspace> found = new HashMap<>();
    session.with(
        TABLES,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              String name = rows.getString(1);
              found.put(name, new StoreStats.Keyspace(name, rows.getLong(2), rows.getLong(3), 1));
            }
          }
          return found;
        });
    List<StoreStats.Keyspace> inOrder = new ArrayList<>();
    for (Keyspace keyspace : Keyspace.values()) {
      inOrder.add(orEmpty(found, keyspace.label()));
    }
    return inOrder;
  }

  private static StoreStats.Keyspace orEmpty(Map<String, StoreStats.Keyspace> found, String name) {
    return found.getOrDefault(name, new StoreStats.Keyspace(name, 0, 0, 1));
  }

  private static long number(Session session, String sql) throws SQLException {
    return session.with(
        sql,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0L;
          }
        });
  }
}
