package dev.grantstore.keyvalue;

import dev.grantstore.GrantCursor;

/** A cursor that knows the key of its row. One thread at a time. */
public interface KeyedCursor extends GrantCursor {
  /**
   * {@return the key of this row, which stays as it is when the cursor moves; not to be changed}
   *
   * @throws IllegalStateException if the cursor is not on a row, or closed
   */
  byte[] key();
}
