package dev.grantstore.sort;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A row as a value. A char stands for a byte, so strings compare as unsigned bytes do. */
record Row(String key, long sequence, String value) implements Comparable<Row> {
  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::key).thenComparingLong(Row::sequence);

  /** A row whose value follows from its sequence number, so that equal rows may change places. */
  static Row of(String key, long sequence) {
    return new Row(key, sequence, "v" + sequence);
  }

  @Override
  public int compareTo(Row other) {
    return ORDER.compare(this, other);
  }

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** Appends the row, from arrays in which it does not start at zero. */
  boolean appendTo(RowBuffer buffer) {
    byte[] keyArray = bytes("." + key + "..");
    byte[] valueArray = bytes(".." + value + ".");
    return buffer.append(keyArray, 1, key.length(), valueArray, 2, value.length(), sequence);
  }

  /** The row a cursor stands on. */
  static Row at(RowCursor cursor) {
    return new Row(
        new String(cursor.keyArray(), cursor.keyOffset(), cursor.keyLength(), ISO_8859_1),
        cursor.sequence(),
        new String(cursor.valueArray(), cursor.valueOffset(), cursor.valueLength(), ISO_8859_1));
  }

  /** All rows of a cursor; fails if it tells repeated keys wrongly. */
  static List<Row> readAll(RowCursor cursor) throws IOException {
    List<Row> rows = new ArrayList<>();
    while (cursor.next()) {
      Row row = at(cursor);
      boolean repeated = !rows.isEmpty() && rows.get(rows.size() - 1).key().equals(row.key());
      if (cursor.repeatsKey() != repeated) {
        throw new AssertionError(
            String.format(Locale.ROOT, "repeatsKey() is wrong at row %d: %s", rows.size(), row));
      }
      rows.add(row);
    }
    return rows;
  }

  static RowBuffer sortedBuffer(List<Row> rows) {
    RowBuffer buffer = new RowBuffer(capacityFor(rows));
    for (Row row : rows) {
      if (!row.appendTo(buffer)) {
        throw new AssertionError("buffer is full: " + row);
      }
    }
    buffer.sort();
    return buffer;
  }

  static List<Row> inRange(List<Row> rows, String from, String to) {
    return rows.stream()
        .filter(row -> row.key().compareTo(from) >= 0 && row.key().compareTo(to) < 0)
        .sorted()
        .toList();
  }

  private static int capacityFor(List<Row> rows) {
    int bytes = RowBuffer.MIN_CAPACITY_BYTES;
    for (Row row : rows) {
      bytes += row.key().length() + row.value().length() + 40;
    }
    return bytes;
  }
}
