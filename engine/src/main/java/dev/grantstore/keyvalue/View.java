package dev.grantstore.keyvalue;

import dev.grantstore.Bytes;
import dev.grantstore.codec.SyncRow;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.packed.PackedSync;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows to be read, of one moment or as they are: see {@link KeyValueDatabase}. Thread-safe. */
public interface View extends AutoCloseable {
  /**
   * Reads the value of a key.
   *
   * @param keyspace where
   * @param key the key, from the start of the array
   * @param keyLength its length
   * @param value filled, if the key is there
   * @return whether it is
   * @throws Exception if the database fails
   */
  boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value) throws Exception;

  /**
   * {@return the values of several keys, in the order of the keys, null where there is none: all of
   * one moment} A view whose rows change does not leave this to the default.
   *
   * @param keyspace where
   * @param keys the keys
   * @throws Exception if the database fails
   */
  default List<byte @Nullable []> getAll(Keyspace keyspace, List<byte[]> keys) throws Exception {
    List<byte @Nullable []> values = new ArrayList<>(keys.size());
    RowBytes value = new RowBytes();
    for (byte[] key : keys) {
      boolean found = get(keyspace, key, key.length, value);
      values.add(found ? Arrays.copyOf(value.array(), value.length()) : null);
      YieldPoint.reached("one of the rows read");
    }
    return values;
  }

  /**
   * {@return the rows from a key on whose keys start with a prefix, in the order of their keys, as
   * of this moment; the caller closes them}
   *
   * @param keyspace where
   * @param prefix what the keys start with; empty for all rows of the keyspace
   * @param from the key to start at, which starts with the prefix too; need not be there
   * @throws Exception if the database fails
   */
  Rows rows(Keyspace keyspace, byte[] prefix, byte[] from) throws Exception;

  /**
   * {@return as {@link #rows}, for a call that closes them before it returns}
   *
   * @param keyspace where
   * @param prefix what the keys start with
   * @param from the key to start at
   * @throws Exception if the database fails
   */
  default Rows briefRows(Keyspace keyspace, byte[] prefix, byte[] from) throws Exception {
    return rows(keyspace, prefix, from);
  }

  /**
   * {@return whether there is a key that starts with a prefix}
   *
   * @param keyspace where
   * @param prefix what it starts with
   * @throws Exception if the database fails
   */
  default boolean any(Keyspace keyspace, byte[] prefix) throws Exception {
    try (Rows rows = briefRows(keyspace, prefix, prefix)) {
      return rows.next(new RowBytes(), new RowBytes());
    }
  }

  /**
   * Reads the last row before a place. Asked only of a database whose values have checksums: see
   * {@link KeyValueDatabase#valueForm}.
   *
   * @param keyspace where
   * @param key the place: a row with this key is not meant
   * @param foundKey filled, if there is a row
   * @param foundValue filled, if there is a row
   * @return whether there is one
   * @throws Exception if the database fails
   */
  default boolean before(Keyspace keyspace, byte[] key, RowBytes foundKey, RowBytes foundValue)
      throws Exception {
    throw new UnsupportedOperationException();
  }

  /**
   * {@return whether its rows can be moved to another prefix, which is then done instead of closing
   * them and opening others of one moment}
   */
  default boolean rowsMove() {
    return false;
  }

  /**
   * {@return the pages of a sync} Called only of a database that packs: see {@link
   * KeyValueDatabase#pageBytes}.
   *
   * @param row the sync's, of one that is packed
   * @throws Exception if the database fails
   */
  default PackedSync packed(SyncRow row) throws Exception {
    throw new UnsupportedOperationException();
  }

  /**
   * {@return the first key from one on under which a page or directory is stored, of a sync that is
   * there or not} None where the database does not pack, or cannot have others.
   *
   * @param from the key to start at
   * @throws Exception if the database fails
   */
  default Optional<Bytes> nextPage(byte[] from) throws Exception {
    return Optional.empty();
  }

  /** Lets the moment go; its rows are closed. */
  @Override
  void close() throws Exception;
}
