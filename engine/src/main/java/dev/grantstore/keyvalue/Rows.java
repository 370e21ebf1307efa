package dev.grantstore.keyvalue;

/** Rows in the order of their keys, one after the other. One thread at a time. */
public interface Rows extends AutoCloseable {
  /**
   * Moves to the next row, at first to the first.
   *
   * @param key filled, if there is a row
   * @param value filled, if there is a row
   * @return whether there is one whose key starts with the prefix that was asked for; not called
   *     again after false, or after an error
   * @throws Exception if the database fails
   */
  boolean next(RowBytes key, RowBytes value) throws Exception;

  /** Ends them, also after an error. Called once. */
  @Override
  void close() throws Exception;
}
