package dev.grantstore.sort;

import java.io.IOException;

/**
 * Walks over rows in order: by key as unsigned bytes, then by sequence number.
 *
 * <p>Stands before the first row until {@link #next} is called. Key and value are lent as parts of
 * arrays that belong to the cursor: read only, valid until the cursor moves or what it reads from
 * is closed or cleared; copy what you keep. Every method but {@link #next} throws {@link
 * IllegalStateException} if the cursor is not on a row. Belongs to one thread; needs no closing.
 */
public interface RowCursor {
  /**
   * Moves to the next row.
   *
   * @return false when there are no more rows; asking again gives false again
   * @throws IOException if a file cannot be read or is damaged; never a wrong row, nor a silent
   *     end. Asking again tries again
   * @throws IllegalStateException if what the cursor reads from is closed or cleared
   */
  boolean next() throws IOException;

  /** {@return the array that holds the key of this row} */
  byte[] keyArray();

  /** {@return where in {@link #keyArray} the key starts} */
  int keyOffset();

  /** {@return the length of the key in bytes} */
  int keyLength();

  /** {@return the array that holds the value of this row} */
  byte[] valueArray();

  /** {@return where in {@link #valueArray} the value starts} */
  int valueOffset();

  /** {@return the length of the value in bytes} */
  int valueLength();

  /** {@return the sequence number of this row} */
  long sequence();

  /** {@return whether the row before this one, in this cursor, has the same key} */
  boolean repeatsKey();
}
