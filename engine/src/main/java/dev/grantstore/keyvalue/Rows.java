package dev.grantstore.keyvalue;

/** Rows in the order of their keys, one after the other. One thread at a time. */
public interface Rows extends AutoCloseable {
  /**
   * Moves to the next row, at first to the first.
   *
   * @param key filled, if there is a row
   * @return whether there is; not called again after false, or after an error
   * @throws Exception if the database fails
   */
  boolean next(RowBytes key) throws Exception;

  /**
   * Reads the value of the row.
   *
   * @param value filled
   * @throws Exception if the database fails
   */
  void value(RowBytes value) throws Exception;

  /** Ends them, also after an error. Called once. */
  @Override
  void close() throws Exception;
}
