package dev.grantstore.lmdb;

import dev.grantstore.codec.TupleWriter;
import dev.grantstore.keyvalue.StoreIdentity;
import dev.grantstore.layout.FormatVersion;
import dev.grantstore.layout.MetaKeys;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.lmdbjava.Txn;

/**
 * What makes an LMDB file a store: a database for each {@link dev.grantstore.layout.Keyspace} by
 * its label, and {@code default} for the rest, with the rows of {@link MetaKeys} and one more.
 *
 * <pre>
 * "format" 00             version:u32              the {@link FormatVersion}
 * </pre>
 */
final class Schema {
  /** What {@link #version} answers where no version is written. */
  static final int NO_VERSION = -1;

  private Schema() {}

  /**
   * Writes what says that it is a store. It is of format 1, which has no mark; {@link #setVersion}
   * follows when the mark is there.
   */
  static void write(Database database, UUID identity) {
    NativeBytes key = new NativeBytes();
    try (Txn<NativeBytes> txn = database.beginWrite()) {
      put(database, txn, key, formatKey(), intBytes(FormatVersion.MARKED - 1));
      put(database, txn, key, MetaKeys.identity(), StoreIdentity.encode(identity));
      txn.commit();
    }
    database.noteSize();
  }

  /** Says that the store is of the newest format, durably. */
  static void setVersion(Database database) {
    NativeBytes key = new NativeBytes();
    try (Txn<NativeBytes> txn = database.beginWrite()) {
      put(database, txn, key, formatKey(), intBytes(FormatVersion.CURRENT));
      txn.commit();
    }
    database.sync();
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
    return StoreIdentity.decode(session.metaValue(MetaKeys.identity()));
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
