package dev.grantstore.sort;

/**
 * What cursors over one run have in common: the parts of the current row, and how much of its key
 * the row before has too.
 */
abstract class RunCursor implements RowCursor {
  private static final byte[] NOTHING = {};

  /** Has {@link KeyChunk#SLACK_BYTES} bytes after the key. */
  byte[] keyArray = NOTHING;

  int keyOffset;
  int keyLength;
  byte[] valueArray = NOTHING;
  int valueOffset;
  int valueLength;
  long sequence;
  boolean onRow;

  /** {@return how many leading bytes this key has in common with the one before; 0 if none is} */
  abstract int sharedKeyBytes();

  @Override
  public final byte[] keyArray() {
    requireRow();
    return keyArray;
  }

  @Override
  public final int keyOffset() {
    requireRow();
    return keyOffset;
  }

  @Override
  public final int keyLength() {
    requireRow();
    return keyLength;
  }

  @Override
  public final byte[] valueArray() {
    requireRow();
    return valueArray;
  }

  @Override
  public final int valueOffset() {
    requireRow();
    return valueOffset;
  }

  @Override
  public final int valueLength() {
    requireRow();
    return valueLength;
  }

  @Override
  public final long sequence() {
    requireRow();
    return sequence;
  }

  final void requireRow() {
    if (!onRow) {
      throw new IllegalStateException("cursor is not on a row");
    }
  }
}
