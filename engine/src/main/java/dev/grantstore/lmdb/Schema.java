package dev.grantstore.lmdb;

import dev.grantstore.Bytes;
import dev.grantstore.CorruptionException;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.layout.FormatVersion;
import dev.grantstore.layout.MetaKeys;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.lmdbjava.Txn;

/**
 * What makes an LMDB file a store: a database for each {@link dev.grantstore.layout.Keyspace} by
 * its label, and {@code default} for the rest, with the rows of {@link MetaKeys} and two more.
 *
 * <pre>
 * "format" 00             version:u32              the {@link FormatVersion}
 * "identity" 00           high:u64 low:u64         the store's UUID, for its page tokens
 * </pre>
 */
final class Schema {
  /** What {@link #version} answers where no version is written. */
  static final int NO_VERSION = -1;

  private Schema() {}

  /** Writes what says that it is a store. */
  static void write(Database database, UUID identity) {
    NativeBytes key = new NativeBytes();
    try (Txn<NativeBytes> txn = database.beginWrite()) {
      put(database, txn, key, key("format"), intBytes(FormatVersion.CURRENT));
      put(
          database,
          txn,
          key,
          key("identity"),
          ByteBuffer.allocate(2 * Long.BYTES)
              .putLong(identity.getMostSignificantBits())
              .putLong(identity.getLeastSignificantBits())
              .array());
      txn.commit();
    }
    database.noteSize();
  }

  /** The key of the format's row. */
  static byte[] formatKey() {
    return key("format");
  }

  static int version(Session session) {
    byte[] value = session.metaValue(formatKey());
    return value == null || value.length != Integer.BYTES
        ? NO_VERSION
        : ByteBuffer.wrap(value).getInt();
  }

  static UUID identity(Session session) {
    byte[] value = session.metaValue(key("identity"));
    if (value == null || value.length != 2 * Long.BYTES) {
      throw new CorruptionException(
          MetaKeys.KEYSPACE, Bytes.copyOf(key("identity")), "store has no identity", null);
    }
    ByteBuffer in = ByteBuffer.wrap(value);
    return new UUID(in.getLong(), in.getLong());
  }

  private static void put(
      Database database, Txn<NativeBytes> txn, NativeBytes room, byte[] key, byte[] value) {
    room.set(key, key.length);
    database.meta().reserve(txn, room, value.length).fill(value, value.length);
  }

  private static byte[] intBytes(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private static byte[] key(String name) {
    TupleWriter key = new TupleWriter();
    key.putElement(name);
    return key.toByteArray();
  }
}
