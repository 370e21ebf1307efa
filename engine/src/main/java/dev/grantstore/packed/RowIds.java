package dev.grantstore.packed;

import dev.grantstore.IdField;
import dev.grantstore.Utf8View;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.codec.TupleReader;
import dev.grantstore.layout.Keyspace;

/**
 * The first ids of the keys of a keyspace, as rows of pages are compared with: what a key, or what
 * keys start with, says behind the sync's number. One thread.
 */
public final class RowIds {
  private final int[] fields;
  private final Utf8View[] ids;
  private final TupleReader reader = new TupleReader();
  private int count;

  /**
   * Starts with none.
   *
   * @param keyspace whose keys
   */
  public RowIds(Keyspace keyspace) {
    fields = keyspace.keyOrder().stream().mapToInt(IdField::position).toArray();
    ids = new Utf8View[fields.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = new Utf8View();
    }
  }

  /**
   * Reads whole ids. They point into the key.
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
      if (count == fields.length) {
        throw new MalformedBytesException("key has more ids than its keyspace", 0);
      }
      reader.element(ids[count++]);
    }
  }

  /**
   * Refuses fewer ids than a key has.
   *
   * @throws MalformedBytesException if there are
   */
  public void requireWholeKey() throws MalformedBytesException {
    if (count < fields.length) {
      throw new MalformedBytesException("key has less ids than its keyspace", 0);
    }
  }

  /** {@return how many ids there are} */
  int count() {
    return count;
  }

  /** {@return the column of one of them} */
  int field(int index) {
    return fields[index];
  }

  Utf8View id(int index) {
    return ids[index];
  }
}
