package dev.grantstore;

import java.util.Arrays;

/**
 * One id of each row of a {@link GrantBatch}: values, and for each row the number of its value.
 * Rows of one number have the same id; rows of one id may have several numbers. So whoever hashes,
 * parses or looks up ids need do so once for each value. There may be more values than rows.
 * Belongs to one thread; what it gives is valid until the batch is read into again.
 */
public final class IdColumn {
  private static final int FIRST_BYTES = 64;

  private final int[] codes;
  private final Utf8View view = new Utf8View();
  private byte[] bytes = new byte[FIRST_BYTES];

  /** Where each value ends; the first one starts at 0. */
  private int[] ends = new int[1];

  private int values;

  /** A column of so many rows at most, and none yet. */
  IdColumn(int capacity) {
    codes = new int[capacity];
  }

  /** {@return how many values there are; their numbers are from 0} */
  public int values() {
    return values;
  }

  /**
   * {@return a value; the same object each time, which the next call points elsewhere}
   *
   * @param code its number
   */
  public Utf8View value(int code) {
    if (code >= values) {
      throw new IndexOutOfBoundsException("no value of this number: " + code);
    }
    int from = start(code);
    view.wrap(bytes, from, ends[code] - from);
    return view;
  }

  /**
   * {@return the number of a row's value}
   *
   * @param row from 0; of one that the batch does not have, anything
   */
  public int code(int row) {
    return codes[row];
  }

  /** Forgets all values. For engines, as what follows. */
  void clear() {
    values = 0;
  }

  /**
   * Adds a value.
   *
   * @param array holds it; copied
   * @param offset where it starts
   * @param length how many bytes
   * @return its number
   */
  public int add(byte[] array, int offset, int length) {
    int from = start(values);
    reserve((long) from + length);
    System.arraycopy(array, offset, bytes, from, length);
    return addEnd(from + length);
  }

  /**
   * Makes room for values of one length.
   *
   * @param count how many values follow those that there are
   * @param length of each
   * @param slack how many bytes behind the last may be written over
   * @return holds them, from {@link #end} before this call on; to be filled by the caller
   */
  public byte[] addAll(int count, int length, int slack) {
    int from = start(values);
    reserve(from + (long) count * length + slack);
    for (int i = 1; i <= count; i++) {
      addEnd(from + i * length);
    }
    return bytes;
  }

  /** {@return where the next value will start} */
  public int end() {
    return start(values);
  }

  /**
   * Says which value a row has.
   *
   * @param row from 0
   * @param code the number of a value that is there
   */
  public void set(int row, int code) {
    codes[row] = code;
  }

  /** Adds a row's id, whose number is that of the row before if it is the same. */
  void append(int row, Utf8View id) {
    int last = values - 1;
    if (last < 0 || !id.contentEquals(bytes, start(last), ends[last] - start(last))) {
      int from = start(values);
      reserve((long) from + id.length());
      id.copyTo(bytes, from);
      last = addEnd(from + id.length());
    }
    codes[row] = last;
  }

  private int start(int code) {
    return code == 0 ? 0 : ends[code - 1];
  }

  private int addEnd(int end) {
    if (values == ends.length) {
      ends = Arrays.copyOf(ends, 2 * values);
    }
    ends[values] = end;
    return values++;
  }

  private void reserve(long length) {
    if (bytes.length < length) {
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(2L * bytes.length, length)));
    }
  }
}
