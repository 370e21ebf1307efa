package dev.grantstore.lmdb;

import dev.grantstore.keyvalue.StoreIdentity;
import dev.grantstore.layout.FormatVersion;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.MetaKeys;
import java.io.IOException;
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
  static void write(LmdbFile file, UUID identity) {
    NativeBytes key = new NativeBytes();
    try (Txn<NativeBytes> txn = file.beginWrite()) {
      put(file, txn, key, MetaKeys.format(), intBytes(FormatVersion.MARKED - 1));
      put(file, txn, key, MetaKeys.identity(), StoreIdentity.encode(identity));
      txn.commit();
    }
    file.noteSize();
  }

  /** Says that the store is of the newest format, durably. */
  static void setVersion(LmdbFile file) {
    NativeBytes key = new NativeBytes();
    try (Txn<NativeBytes> txn = file.beginWrite()) {
      put(file, txn, key, MetaKeys.format(), intBytes(FormatVersion.CURRENT));
      txn.commit();
    }
    file.sync();
  }

  /** Says which store it is from now on, durably. */
  static void setIdentity(LmdbFile file, UUID identity) throws IOException {
    try (Txn<NativeBytes> txn = file.beginWrite()) {
      put(file, txn, new NativeBytes(), MetaKeys.identity(), StoreIdentity.encode(identity));
      txn.commit();
    }
    file.noteSize();
    file.lengthen();
    file.sync();
  }

  static int version(Session session) {
    byte[] value = session.value(Keyspace.META, MetaKeys.format());
    return value == null || value.length != Integer.BYTES
        ? NO_VERSION
        : ByteBuffer.wrap(value).getInt();
  }

  static UUID identity(Session session) {
    return StoreIdentity.decode(session.value(Keyspace.META, MetaKeys.identity()));
  }

  private static void put(
      LmdbFile file, Txn<NativeBytes> txn, NativeBytes room, byte[] key, byte[] value) {
    room.set(key, key.length);
    file.keyspace(Keyspace.META).reserve(txn, room, value.length).fill(value, value.length);
  }

  private static byte[] intBytes(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }
}
