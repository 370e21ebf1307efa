package dev.grantstore.microtests.encoding;

import dev.grantstore.Grant;
import dev.grantstore.codec.MalformedBytesException;
import dev.grantstore.layout.Keyspace;

/** Writes grants as values of rows and reads rows back. One thread; closed by whoever made it. */
public interface GrantEncoding extends AutoCloseable {
  /**
   * Encodes the value of a grant's row.
   *
   * @param grant encoded
   * @param keyspace whose row; decides what the key says already
   * @return the length of the value, which is at the start of {@link #array()} until the next call
   */
  int encode(Grant grant, Keyspace keyspace);

  /** {@return what the last value was written into} */
  byte[] array();

  /**
   * Reads a row back.
   *
   * @param keyspace whose row
   * @param key its key
   * @param value its value, the whole array
   * @return the grant
   * @throws MalformedBytesException if the row is not one that was encoded, as far as this encoding
   *     can tell
   */
  Grant decode(Keyspace keyspace, byte[] key, byte[] value) throws MalformedBytesException;

  /** Frees what is outside of the heap. */
  @Override
  void close();
}
