package dev.grantstore.layout;

import dev.grantstore.Grant;
import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.RecordReader;
import dev.grantstore.codec.TupleReader;

/**
 * Reads the rows of one keyspace without allocating, and their checksums if they have any; builds a
 * grant when asked. One thread.
 */
public final class RowReader {
  private final IdField[] keyOrder;
  private final boolean referencesInValue;
  private final TupleReader keyReader = new TupleReader();
  private final RecordReader valueReader = new RecordReader();
  private final Utf8View[] ids = new Utf8View[IdField.COUNT];
  private final Utf8View[] keyIds;

  /**
   * Creates a reader that stands on nothing.
   *
   * @param keyspace whose rows it reads
   */
  public RowReader(Keyspace keyspace) {
    keyOrder = keyspace.keyOrderArray();
    referencesInValue = keyspace.referencesInValue();
    for (int i = 0; i < ids.length; i++) {
      ids[i] = new Utf8View();
    }
    keyIds = new Utf8View[keyOrder.length];
    for (int i = 0; i < keyIds.length; i++) {
      keyIds[i] = ids[keyOrder[i].position()];
    }
  }

  /**
   * Reads a row. The views point into the arrays.
   *
   * @param key holds the key, from its start
   * @param keyLength the key's length
   * @param value holds the value, from its start
   * @param valueLength the value's length
   * @throws MalformedBytesException if they are not a row of this keyspace
   */
  public void read(byte[] key, int keyLength, byte[] value, int valueLength)
      throws MalformedBytesException {
    readKey(key, keyLength);
    valueReader.read(key, keyLength, value, valueLength, ids, referencesInValue);
  }

  /**
   * Reads a key alone: of a row whose value may not be one. The ids that it has can be asked for
   * then, and nothing else.
   *
   * @param key holds the key, from its start
   * @param keyLength the key's length
   * @throws MalformedBytesException if it is no key of this keyspace
   */
  public void readKey(byte[] key, int keyLength) throws MalformedBytesException {
    keyReader.reset(key, 0, keyLength);
    keyReader.unsignedInt();
    for (Utf8View id : keyIds) {
      keyReader.element(id);
    }
    keyReader.end();
  }

  /**
   * {@return an id of the row read last; the same object each time}
   *
   * @param field which id
   */
  public Utf8View id(IdField field) {
    return ids[field.position()];
  }

  /** {@return what the value of the row read last holds} */
  public RecordReader record() {
    return valueReader;
  }

  /**
   * {@return the grant of the row read last}
   *
   * @throws MalformedBytesException if it breaks the contract's rules for a grant
   */
  public Grant grant() throws MalformedBytesException {
    return valueReader.grant(ids);
  }
}
