package dev.grantstore.sqlite;

import dev.grantstore.keyvalue.CatalogRows;
import dev.grantstore.keyvalue.SyncCatalog;
import dev.grantstore.layout.MetaKeys;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the syncs from the table of what is not a grant. */
final class SqliteCatalog {
  private SqliteCatalog() {}

  static SyncCatalog read(Session session) throws SQLException {
    CatalogRows rows = new CatalogRows();
    byte[] prefix = MetaKeys.syncPrefix();
    session.with(
        Schema.META.list(),
        statement -> {
          statement.setBytes(1, prefix);
          statement.setBytes(2, Schema.endOf(prefix));
          try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
              rows.add(Session.bytes(found, 1), Session.bytes(found, 2));
            }
          }
          return rows;
        });
    return rows.catalog(
        session.value(Schema.META.get(), MetaKeys.commit()).orElse(null),
        session.value(Schema.META.get(), MetaKeys.nextSync()).orElse(null));
  }
}
