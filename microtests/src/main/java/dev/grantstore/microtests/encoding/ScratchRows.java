package dev.grantstore.microtests.encoding;

import dev.grantstore.layout.Keyspace;
import java.util.Map;

/**
 * A database of rows that is made to be weighed. One thread; failures of the database are {@link
 * IllegalStateException}s.
 */
public interface ScratchRows extends AutoCloseable {
  /**
   * Adds a row.
   *
   * @param keyspace where
   * @param key the whole array
   * @param value the whole array
   */
  void put(Keyspace keyspace, byte[] key, byte[] value);

  /**
   * Brings all rows into the form that they would be read in for long.
   *
   * @return what each keyspace takes in files, in bytes
   */
  Map<Keyspace, Long> settle();

  /** Closes the database; its files stay. */
  @Override
  void close();
}
