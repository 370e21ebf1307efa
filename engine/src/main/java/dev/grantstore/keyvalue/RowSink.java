package dev.grantstore.keyvalue;

import dev.grantstore.layout.Keyspace;

/**
 * Where rows go that are encoded already. One thread.
 *
 * @param <X> how it fails
 */
interface RowSink<X extends Exception> {
  /**
   * Takes a row.
   *
   * @param keyspace where it belongs
   * @param key its key; the sink's from now on
   * @param value its value; the sink's from now on
   * @throws X if the row cannot be taken
   */
  void putRow(Keyspace keyspace, byte[] key, byte[] value) throws X;
}
