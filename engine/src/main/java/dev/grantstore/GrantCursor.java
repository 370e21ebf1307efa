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
   * {@return this row as a value of its own, every field}
   *
   * @throws GrantStoreException with {@link Reason#CORRUPTION} if the row is no grant
   */
  Grant grant();

  /** Gives up the cursor. Closing twice does nothing. */
  @Override
  void close();
}
