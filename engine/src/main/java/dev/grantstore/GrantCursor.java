package dev.grantstore;

/**
 * Walks over the rows of a list, forward, without building an object for each.
 *
 * <p>Stands before the first row until {@link #next} is called. Shows one moment: writes made after
 * it was opened are not seen. Belongs to one thread at a time; a store that closes ends its open
 * cursors, and every method then throws {@link IllegalStateException}. Close it soon: an open
 * cursor keeps old files alive. What tells of a row throws {@link IllegalStateException} when the
 * cursor is not on one.
 */
public interface GrantCursor extends AutoCloseable {
  /**
   * Moves to the next row.
   *
   * @return false when there are no more rows; asking again gives false again
   * @throws GrantStoreException with {@link Reason#CORRUPTION} if the row does not decode; never a
   *     silent end
   */
  boolean next();

  /**
   * Moves over the next rows, and copies them. How many they are, up to what the batch holds, is
   * the engine's to say; none only when there are no more. The cursor stands on the last of them
   * then, or on none if that was the last of all; {@link #next()} goes on behind them.
   *
   * @param into has those rows and no others then
   * @return whether there were rows; after false, asking again gives false again
   * @throws GrantStoreException as {@link #next()}; the batch has any of the rows then
   */
  default boolean next(GrantBatch into) {
    into.clear();
    while (!into.isFull() && next()) {
      into.add(this);
    }
    return into.rows() > 0;
  }

  /**
   * {@return one id of this row, valid until the cursor moves or closes; the same object each time}
   *
   * @param field which id
   */
  Utf8View id(IdField field);

  /** {@return the whole seconds of {@link Grant#discoveredAt()} of this row} */
  long discoveredSeconds();

  /** {@return the nanoseconds within the second of {@link Grant#discoveredAt()} of this row} */
  int discoveredNanos();

  /** {@return {@link Grant#needsExpansion()} of this row} */
  boolean needsExpansion();

  /** {@return whether {@link Grant#expiresAt()} of this row is there} */
  boolean hasExpiry();

  /** {@return the whole seconds of {@link Grant#expiresAt()} of this row; 0 if it has none} */
  long expiresSeconds();

  /** {@return the nanoseconds of {@link Grant#expiresAt()} of this row; 0 if it has none} */
  int expiresNanos();

  /**
   * {@return whether this row has what only {@link #grant()} tells: an expansion, sources or
   * annotations}
   *
   * @throws GrantStoreException as {@link #grant()}, if this has to look there
   */
  default boolean hasDetails() {
    Grant grant = grant();
    return grant.expansion().isPresent()
        || !grant.sources().isEmpty()
        || !grant.annotations().isEmpty();
  }

  /**
   * {@return this row as a value of its own, every field}
   *
   * @throws GrantStoreException with {@link Reason#CORRUPTION} if the row is no grant
   */
  Grant grant();

  /** Gives up the cursor. Closing twice does nothing. */
  @Override
  void close();
}
