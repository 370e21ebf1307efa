package dev.grantstore.packed;

import dev.grantstore.IdColumn;

/**
 * Copies the values of many rows of a column, form by form: what a row costs by itself is paid once
 * for all of them. Stateless.
 */
final class ColumnCopy {
  /** A dictionary is copied whole unless it has so many times more values than rows are copied. */
  private static final int MOST_SPARE_VALUES = 2;

  private ColumnCopy() {}

  /**
   * Copies the values of some rows, which have the numbers from 0 on there.
   *
   * @param from the first row
   * @param into has no values yet
   */
  static void copy(ColumnReader reader, int from, int count, IdColumn into) {
    Column column = reader.column();
    if (column.kind == Column.CONSTANT) {
      into.add(column.page, column.prefixAt, column.prefixLength);
      for (int row = 0; row < count; row++) {
        into.set(row, 0);
      }
    } else if (column.kind == Column.DICTIONARY && column.count <= MOST_SPARE_VALUES * count) {
      addValues(reader.nested(), 0, column.count, into);
      reader.forget();
      for (int row = 0; row < count; row++) {
        into.set(row, reader.code(column, from + row));
      }
    } else {
      addValues(reader, from, count, into);
      for (int row = 0; row < count; row++) {
        into.set(row, row);
      }
    }
  }

  private static void addValues(ColumnReader reader, int from, int count, IdColumn into) {
    Column column = reader.column();
    switch (column.kind) {
      case Column.NUMBER -> addNumbers(reader, column, from, count, into);
      case Column.FIXED -> addFixed(column, from, count, into);
      default -> {
        for (int row = from; row < from + count; row++) {
          reader.move(row);
          into.add(reader.array(), reader.at(), reader.length());
        }
      }
    }
  }

  private static void addNumbers(
      ColumnReader reader, Column column, int from, int count, IdColumn into) {
    int width = column.width;
    int length = column.prefixLength + width;
    int at = into.end() + column.prefixLength;
    byte[] bytes = into.addAll(count, length, Digits.AT_ONCE);
    long upperWritten = -1;
    for (int row = from; row < from + count; row++) {
      long number = reader.number(column, row);
      System.arraycopy(
          column.page, column.prefixAt, bytes, at - column.prefixLength, column.prefixLength);
      if (width <= Digits.AT_ONCE) {
        Digits.writeFew(bytes, at, width, (int) number);
      } else {
        long upper = number / Digits.LOWER;
        if (upper == upperWritten) {
          System.arraycopy(bytes, at - length, bytes, at, width - Digits.AT_ONCE);
        } else {
          Digits.writeUpper(bytes, at, width, upper);
          upperWritten = upper;
        }
        Digits.writeLower(bytes, at, width, number - upper * Digits.LOWER);
      }
      at += length;
    }
  }

  private static void addFixed(Column column, int from, int count, IdColumn into) {
    int length = column.prefixLength + column.width;
    int at = into.end();
    byte[] bytes = into.addAll(count, length, 0);
    for (int row = from; row < from + count; row++) {
      System.arraycopy(column.page, column.prefixAt, bytes, at, column.prefixLength);
      int value = column.base + row * column.width;
      System.arraycopy(column.page, value, bytes, at + column.prefixLength, column.width);
      at += length;
    }
  }
}
