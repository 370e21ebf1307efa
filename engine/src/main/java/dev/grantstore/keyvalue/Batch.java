package dev.grantstore.keyvalue;

import dev.grantstore.layout.Keyspace;
import java.util.List;

/**
 * The rows of one write, which readers see all at once or never. One thread, the writer's. Arrays
 * are the caller's again after each call, unless a method says otherwise.
 */
public interface Batch extends AutoCloseable {
  /**
   * Reads the value of a key as it was before this batch. Whether the batch's own rows are seen is
   * not promised; nobody asks for one that it has changed.
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
   * {@return how many rows it reads as quickly as one, if it is told before} A database that is far
   * away asks for them together, once {@link #readAhead} was called.
   */
  default int readsAtOnce() {
    return 1;
  }

  /**
   * Says which rows will be asked for next, by {@link #get}, which answers as it would have. What
   * was said before is forgotten. Called only if {@link #readsAtOnce} is above 1.
   *
   * @param keyspace where
   * @param keys at most so many; the database's from now on
   * @throws Exception if the database fails
   */
  default void readAhead(Keyspace keyspace, List<byte[]> keys) throws Exception {
    throw new UnsupportedOperationException();
  }

  /**
   * Puts a row, or replaces it.
   *
   * @param keyspace where
   * @param key the key, from the start of the array
   * @param keyLength its length
   * @param value the value, from the start of the array
   * @param valueLength its length
   * @throws Exception if the database fails
   */
  void put(Keyspace keyspace, byte[] key, int keyLength, byte[] value, int valueLength)
      throws Exception;

  /**
   * Deletes a row, which is there. It may be put again after.
   *
   * @param keyspace where
   * @param key the key, from the start of the array
   * @param keyLength its length
   * @throws Exception if the database fails
   */
  void delete(Keyspace keyspace, byte[] key, int keyLength) throws Exception;

  /**
   * Takes note of a number under which there may be rows of grants from now on. Nothing is there
   * under it yet.
   *
   * @param sync the number
   * @throws Exception if the database fails
   */
  default void makeSync(int sync) throws Exception {}

  /**
   * Takes note, as {@link #makeSync}, of the number of a load whose rows come by {@link #load}, and
   * all of them in this batch. Not called of what was {@link KeyValueDatabase#prepare prepared}.
   *
   * @param sync the number
   * @throws Exception if the database fails
   */
  default void makeLoadedSync(int sync) throws Exception {}

  /**
   * Puts a page of a packed sync, or its directory. Called only of a database that packs: see
   * {@link KeyValueDatabase#pageBytes}.
   *
   * @param key its key; starts with the sync's number
   * @param value its bytes
   * @throws Exception if the database fails
   */
  default void putPage(byte[] key, byte[] value) throws Exception {
    throw new UnsupportedOperationException();
  }

  /**
   * Deletes all rows of grants under a number, but not its pages. Called only of a database that
   * packs: see {@link KeyValueDatabase#pageBytes}.
   *
   * @param sync the number
   * @throws Exception if the database fails
   */
  default void deleteRows(int sync) throws Exception {
    throw new UnsupportedOperationException();
  }

  /**
   * Deletes all pages of a number, which has no rows. Called only of a database that packs, or did:
   * see {@link KeyValueDatabase#pageBytes}.
   *
   * @param sync the number
   * @throws Exception if the database fails
   */
  default void deletePages(int sync) throws Exception {
    throw new UnsupportedOperationException();
  }

  /**
   * Deletes the pages that packing has left of a number, which was broken off: nobody has read any.
   * Called only of a database that packs.
   *
   * @param sync the number
   * @throws Exception if the database fails
   */
  default void clearPages(int sync) throws Exception {
    throw new UnsupportedOperationException();
  }

  /**
   * Deletes all rows of grants under a number, and all pages; there may be none.
   *
   * @param sync the number
   * @throws Exception if the database fails
   */
  void deleteSync(int sync) throws Exception;

  /**
   * Puts a row of a load. The rows of a load come keyspace by keyspace in the order of their keys,
   * under a number that has no others.
   *
   * @param keyspace where
   * @param key the key; the database's from now on
   * @param value the value; the database's from now on
   * @throws Exception if the database fails
   */
  default void load(Keyspace keyspace, byte[] key, byte[] value) throws Exception {
    put(keyspace, key, key.length, value, value.length);
  }

  /**
   * Makes the rows there for readers, and for whoever opens the database after this process was
   * killed, unless the store was opened not to promise that.
   *
   * @return whether they, and all before them, survive power loss too
   * @throws Exception if the database fails: nothing of it is there then, or the database is not
   *     {@link KeyValueDatabase#isWhole whole} any more
   */
  boolean commit() throws Exception;

  /**
   * Undoes what was not committed.
   *
   * @throws Exception if that fails: then the database is not {@link KeyValueDatabase#isWhole
   *     whole} any more; or if something else fails, which changes nothing of a commit
   */
  @Override
  void close() throws Exception;
}
