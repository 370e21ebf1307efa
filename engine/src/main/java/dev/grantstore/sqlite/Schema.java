package dev.grantstore.sqlite;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.FormatVersion;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * The tables of a store: one for each {@link Keyspace}, by its label, and {@code default} for the
 * rest, with the rows of {@link MetaKeys} and one more.
 *
 * <pre>
 * "identity" 00           high:u64 low:u64         the store's UUID, for its page tokens
 * </pre>
 *
 * <p>In the file's header, {@code application_id} says that it is a store, and {@code user_version}
 * is the {@link FormatVersion}.
 */
final class Schema {
  /** "GRNT" as a number. */
  static final int APPLICATION_ID = 0x47524e54;

  /** What is not a grant. */
  static final TableSql META = TableSql.of(MetaKeys.KEYSPACE);

  private static final byte[] NOTHING = {};
  private static final Map<Keyspace, TableSql> TABLES = new EnumMap<>(Keyspace.class);

  static {
    for (Keyspace keyspace : Keyspace.values()) {
      TABLES.put(keyspace, TableSql.of(keyspace.label()));
    }
  }

  private Schema() {}

  static TableSql table(Keyspace keyspace) {
    TableSql table = TABLES.get(keyspace);
    if (table == null) {
      throw new IllegalArgumentException("keyspace has no table: " + keyspace);
    }
    return table;
  }

  /** Makes the tables in one transaction, unless they are there. */
  static void createIfAbsent(Connection connection, UUID identity) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (Database.number(connection, "PRAGMA application_id") == APPLICATION_ID) {
        return;
      }
      statement.execute("BEGIN EXCLUSIVE");
      statement.execute(META.create());
      for (Keyspace keyspace : Keyspace.values()) {
        statement.execute(table(keyspace).create());
      }
      try (PreparedStatement put = connection.prepareStatement(META.put())) {
        put.setBytes(1, identityKey());
        put.setBytes(
            2,
            ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(identity.getMostSignificantBits())
                .putLong(identity.getLeastSignificantBits())
                .array());
        put.executeUpdate();
      }
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
      statement.execute("PRAGMA user_version = " + FormatVersion.CURRENT);
      statement.execute("COMMIT");
    }
  }

  static UUID identity(Session session) throws SQLException {
    byte[] value = session.value(META.get(), identityKey()).orElse(NOTHING);
    if (value.length != 2 * Long.BYTES) {
      throw new CorruptionException(
          MetaKeys.KEYSPACE, Bytes.copyOf(identityKey()), "store has no identity", null);
    }
    ByteBuffer in = ByteBuffer.wrap(value);
    return new UUID(in.getLong(), in.getLong());
  }

  /** The least key after all that start with a prefix. Prefixes never are all 0xff. */
  static byte[] endOf(byte[] prefix) {
    int length = prefix.length;
    while (prefix[length - 1] == (byte) 0xff) {
      length--;
    }
    byte[] end = Arrays.copyOf(prefix, length);
    end[length - 1]++;
    return end;
  }

  private static byte[] identityKey() {
    TupleWriter key = new TupleWriter();
    key.putElement("identity");
    return key.toByteArray();
  }
}
