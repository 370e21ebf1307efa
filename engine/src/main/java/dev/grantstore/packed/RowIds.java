package dev.grantstore.packed;

import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.TupleReader;
import dev.grantstore.layout.Keyspace;

/**
 * The first ids of the keys of a keyspace, as rows of pages are compared with: what a key, or what
 * keys start with, says without the sync's number. One thread.
 */
public final class RowIds {
  private final IdField[] order;
  private final byte[][] ids = new byte[IdField.COUNT][];
  private final TupleReader reader = new TupleReader();
  private final Utf8View element = new Utf8View();
  private int count;

  /**
   * Starts with none.
   *
   * @param keyspace whose keys
   */
  public RowIds(Keyspace keyspace) {
    order = keyspace.keyOrder().toArray(IdField[]::new);
  }

  /**
   * Reads whole ids.
   *
   * @param key holds them behind the sync's number
   * @param length how much of it
   * @throws MalformedBytesException if it holds anything else, or more than a key
   */
  public void read(byte[] key, int length) throws MalformedBytesException {
    reader.reset(key, 0, length);
    reader.unsignedInt();
    count = 0;
    while (!reader.atEnd()) {
      if (count == order.length) {
        throw new MalformedBytesException("key has more ids than its keyspace", 0);
      }
      reader.element(element);
      byte[] id = new byte[element.length()];
      element.copyTo(id, 0);
      ids[count++] = id;
    }
  }

  /**
   * Refuses fewer ids than a key has.
   *
   * @throws MalformedBytesException if there are
   */
  public void requireWholeKey() throws MalformedBytesException {
    if (count < order.length) {
      throw new MalformedBytesException("key has less ids than its keyspace", 0);
    }
  }

  /** {@return how many ids there are} */
  int count() {
    return count;
  }

  /** {@return the column of one of them} */
  int field(int index) {
    return order[index].position();
  }

  byte[] id(int index) {
    return ids[index];
  }
}
