package dev.grantstore.keyvalue;

/** Rows in the order of their keys, one after the other. One thread at a time. */
public interface Rows extends AutoCloseable {
  /**
   * Moves to the next row, at first to the first.
   *
   * @param key filled, if there is a row
   * @param value filled, if there is a row
   * @return whether there is one whose key starts with the prefix that was asked for; not called
   *     again after false unless moved, nor after an error
   * @throws Exception if the database fails
   */
  boolean next(RowBytes key, RowBytes value) throws Exception;

  /**
   * Goes on before the first row of another prefix, in the same keyspace and at the same moment.
   * Called only if the view says that its {@link View#rowsMove}.
   *
   * @param prefix what the keys start with from now on
   * @throws Exception if the database fails
   */
  default void moveTo(byte[] prefix) throws Exception {
    throw new UnsupportedOperationException();
  }

  /**
   * {@return whether {@link #next} has answered false because of a row, whose key and value it then
   * has filled in nevertheless} Of use only where values have checksums: that row is then checked.
   */
  default boolean endedByRow() {
    return false;
  }

  /** Ends them, also after an error. Called once. */
  @Override
  void close() throws Exception;
}
