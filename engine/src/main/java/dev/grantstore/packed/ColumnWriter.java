package dev.grantstore.packed;

import java.util.Arrays;

/** Writes columns of byte strings, each in the smallest form. One thread. */
final class ColumnWriter {
  /** One form of a column. */
  private record Form(int kind, long bytes, int prefix, int width, Fit fit) {
    static Form of(int kind, long bytes, int prefix, int width) {
      return new Form(kind, bytes, prefix, width, NO_FIT);
    }
  }

  private static final Fit NO_FIT = new Fit(0, 0, 0);
  private static final int KIND_BYTES = 1;

  /** How much longer distinct values may be as they are than a column that they are to replace. */
  private static final long HELD_PER_BYTE = 4;

  private final PageOutput out;
  private final Distinct distinct = new Distinct();
  private long[] numbers = new long[256];

  ColumnWriter(PageOutput out) {
    this.out = out;
  }

  /** Writes a column of at least one value. */
  void write(Values column) {
    Form best = best(column);
    boolean plainIsBest =
        best.kind() == Column.CONSTANT
            || !distinct.find(
                column, (int) Math.min(Integer.MAX_VALUE, HELD_PER_BYTE * best.bytes()));
    if (!plainIsBest) {
      Form values = best(distinct.values());
      long packed = PageBytes.packedBytes(column.count(), distinct.bits());
      plainIsBest = best.bytes() <= KIND_BYTES + 3 + packed + values.bytes();
      if (!plainIsBest) {
        out.u8(Column.DICTIONARY);
        out.u8(distinct.bits());
        out.u16(distinct.values().count());
        out.packed(distinct.codes(), column.count(), distinct.bits());
        write(distinct.values(), values);
      }
    }
    if (plainIsBest) {
      write(column, best);
    }
  }

  /** The smallest form that does not refer to other columns. */
  private Form best(Values column) {
    int prefix = commonPrefix(column);
    int length = commonLength(column);
    if (length == prefix && length >= 0) {
      return Form.of(Column.CONSTANT, KIND_BYTES + 4L + length, 0, length);
    }
    prefix = Math.min(prefix, 0xffff);
    int count = column.count();
    if (length < 0 || length - prefix > 0xffff) {
      long tails = column.heapLength() - (long) count * prefix;
      return Form.of(Column.TEXTS, KIND_BYTES + 2L + prefix + 4L * count + 4 + tails, prefix, 0);
    }
    int tail = length - prefix;
    Form best = Form.of(Column.FIXED, KIND_BYTES + 4L + prefix + (long) count * tail, prefix, tail);
    if (isHex(column, prefix)) {
      long digits = KIND_BYTES + 4L + prefix + count * ((tail + 1L) / 2);
      best = smaller(best, Form.of(Column.HEX, digits, prefix, tail));
    }
    return smaller(best, number(column, prefix, length));
  }

  private Form number(Values column, int prefix, int length) {
    int count = column.count();
    int from = prefix;
    byte[] heap = column.heap();
    while (from > 0 && length - from < Column.MOST_DIGITS && isDigit(heap[from - 1])) {
      from--;
    }
    int width = length - from;
    if (width > Column.MOST_DIGITS || !parse(column, from)) {
      return Form.of(Column.NUMBER, Long.MAX_VALUE, 0, 0);
    }
    Fit fit = Fit.of(numbers, count);
    if (fit.bits() > PageBytes.MOST_BITS) {
      return Form.of(Column.NUMBER, Long.MAX_VALUE, 0, 0);
    }
    return new Form(
        Column.NUMBER, KIND_BYTES + 20L + from + fit.packedBytes(count), from, width, fit);
  }

  private void write(Values column, Form form) {
    out.u8(form.kind());
    switch (form.kind()) {
      case Column.CONSTANT -> {
        out.i32(form.width());
        out.bytes(column.heap(), 0, form.width());
      }
      case Column.NUMBER -> {
        out.u8(form.width());
        out.u8(form.fit().bits());
        out.text(column.heap(), 0, form.prefix());
        out.i64(form.fit().min());
        out.i64(form.fit().step());
        // Other columns were parsed since.
        parse(column, form.prefix());
        form.fit().subtractFrom(numbers, column.count());
        out.packed(numbers, column.count(), form.fit().bits());
      }
      case Column.TEXTS -> writeTexts(column, form.prefix());
      case Column.FIXED, Column.HEX -> {
        out.u16(form.width());
        out.text(column.heap(), 0, form.prefix());
        for (int i = 0; i < column.count(); i++) {
          writeTail(column, i, form);
        }
      }
      default -> throw new AssertionError("form of no column: " + form.kind());
    }
  }

  private void writeTexts(Values column, int prefix) {
    out.text(column.heap(), 0, prefix);
    int end = 0;
    for (int i = 0; i < column.count(); i++) {
      end += column.length(i) - prefix;
      out.i32(end);
    }
    out.i32(end);
    for (int i = 0; i < column.count(); i++) {
      out.bytes(column.heap(), column.start(i) + prefix, column.length(i) - prefix);
    }
  }

  private void writeTail(Values column, int index, Form form) {
    int at = column.start(index) + form.prefix();
    if (form.kind() == Column.FIXED) {
      out.bytes(column.heap(), at, form.width());
      return;
    }
    int end = column.end(index);
    for (int i = at; i < end; i += 2) {
      int low = i + 1 < end ? Column.hexDigit(column.heap()[i + 1]) : 0;
      out.u8((Column.hexDigit(column.heap()[i]) << 4) | low);
    }
  }

  /** How many bytes all values start with. */
  private static int commonPrefix(Values column) {
    byte[] heap = column.heap();
    int prefix = column.length(0);
    for (int i = 1; i < column.count() && prefix > 0; i++) {
      int start = column.start(i);
      int both = Math.min(prefix, column.length(i));
      int differs = Arrays.mismatch(heap, 0, both, heap, start, start + both);
      prefix = differs < 0 ? both : differs;
    }
    return prefix;
  }

  /** How long all values are, or -1. */
  private static int commonLength(Values column) {
    int length = column.length(0);
    for (int i = 1; i < column.count(); i++) {
      if (column.length(i) != length) {
        return -1;
      }
    }
    return length;
  }

  private static boolean isHex(Values column, int prefix) {
    byte[] heap = column.heap();
    for (int i = 0; i < column.count(); i++) {
      int end = column.end(i);
      for (int at = column.start(i) + prefix; at < end; at++) {
        if (Column.hexDigit(heap[at]) < 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether what follows the prefix is digits in all values; they are in {@link #numbers} then. */
  private boolean parse(Values column, int prefix) {
    int count = column.count();
    if (numbers.length < count) {
      numbers = new long[2 * count];
    }
    byte[] heap = column.heap();
    for (int i = 0; i < count; i++) {
      long number = 0;
      int end = column.end(i);
      for (int at = column.start(i) + prefix; at < end; at++) {
        if (!isDigit(heap[at])) {
          return false;
        }
        number = 10 * number + heap[at] - '0';
      }
      numbers[i] = number;
    }
    return true;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static Form smaller(Form a, Form b) {
    return b.bytes() < a.bytes() ? b : a;
  }
}
