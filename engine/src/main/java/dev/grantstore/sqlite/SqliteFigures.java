package dev.grantstore.sqlite;

import dev.grantstore.StoreStats;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.layout.FormatVersion;
import dev.grantstore.layout.Keyspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private final Database database;
  private List<StoreStats.Keyspace> keyspaces = List.of();
  private long keyspacesAt = -1;

  SqliteFigures(Database database) {
    this.database = database;
  }

  synchronized StoreStats read(Session session, SyncCatalog catalog)
      throws SQLException, IOException {
    synchronized (session) {
      if (keyspacesAt != catalog.commit()) {
        keyspaces = readKeyspaces(session);
        keyspacesAt = catalog.commit();
      }
      SortedMap<String, String> engine = new TreeMap<>();
      for (String name : NUMBERS) {
        engine.put(name, Long.toString(number(session, "PRAGMA " + name)));
      }
      Path log = database.log();
      engine.put("log-bytes", Long.toString(Files.exists(log) ? Files.size(log) : 0));
      engine.put("store.format", Integer.toString(FormatVersion.CURRENT));
      engine.put("durability", database.options().durability().name());
      engine.put("cache-limit-bytes", Long.toString(database.options().cacheBytes()));
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
    for (Keyspace keyspace : Keyspace.OF_GRANTS) {
      inOrder.add(orEmpty(found, keyspace.label()));
    }
    inOrder.add(orEmpty(found, Keyspace.META.label()));
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
