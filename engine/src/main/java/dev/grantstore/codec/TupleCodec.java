package dev.grantstore.codec;

/**
 * Writes values of one type as tuple keys and reads them back. Thread-safe; from {@link
 * CodecRegistry}.
 *
 * <p>Unsigned byte order of keys is the order of the values, field by field in their order, a
 * nested value's fields standing in its place. No key is a prefix of another of the same type.
 *
 * @param <T> the type
 */
public interface TupleCodec<T> {
  /**
   * Appends a value. When it throws, the elements before the refused one are appended already.
   *
   * @param value encoded
   * @param out appended to
   * @throws NullPointerException if the value, or one in it, is null
   * @throws IllegalArgumentException if a text is not well-formed or over {@link
   *     dev.grantstore.Ids#MAX_GRANT_IDS_BYTES}, or if a message lacks a message or has unknown
   *     fields
   */
  void encode(T value, TupleWriter out);

  /**
   * Reads a value where a reader stands, and leaves the reader behind it.
   *
   * @param in read from
   * @return the value; equal to the one that was encoded
   * @throws MalformedBytesException if no such value stands here: cut, damaged, or refused by the
   *     type's constructor
   */
  T decode(TupleReader in) throws MalformedBytesException;

  /**
   * {@return a value as a key of its own}
   *
   * @param value encoded
   */
  default byte[] encode(T value) {
    TupleWriter out = new TupleWriter();
    encode(value, out);
    return out.toByteArray();
  }

  /**
   * Reads a key that is one value and nothing more.
   *
   * @param key as {@link #encode(Object)} gave it
   * @return the value
   * @throws MalformedBytesException if it is not
   */
  default T decode(byte[] key) throws MalformedBytesException {
    TupleReader in = new TupleReader();
    in.reset(key, 0, key.length);
    T value = decode(in);
    in.end();
    return value;
  }
}
