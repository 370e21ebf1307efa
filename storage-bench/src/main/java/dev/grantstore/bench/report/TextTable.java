package dev.grantstore.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Lays out columns: the first ones left, the numbers right, two blanks between. One thread. */
final class TextTable {
  private final int leftColumns;
  private final List<String> headers;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * Starts a table.
   *
   * @param leftColumns how many columns, from the left, hold text
   * @param headers one per column, with the unit
   */
  TextTable(int leftColumns, List<String> headers) {
    this.leftColumns = leftColumns;
    this.headers = List.copyOf(headers);
  }

  /** Adds a row with a text for every column. */
  void add(List<String> row) {
    if (row.size() != headers.size()) {
      throw new IllegalArgumentException(
          "row does not fit the table: cells=%d columns=%d".formatted(row.size(), headers.size()));
    }
    rows.add(List.copyOf(row));
  }

  /** {@return the table, each line ended by a line feed, no blanks at line ends} */
  String render() {
    int[] widths = new int[headers.size()];
    measure(headers, widths);
    rows.forEach(row -> measure(row, widths));
    StringBuilder out = new StringBuilder();
    line(out, headers, widths);
    List<String> rules = new ArrayList<>();
    for (int width : widths) {
      rules.add("-".repeat(width));
    }
    line(out, rules, widths);
    rows.forEach(row -> line(out, row, widths));
    return out.toString();
  }

  private static void measure(List<String> row, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], row.get(i).length());
    }
  }

  private void line(StringBuilder out, List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String blanks = " ".repeat(widths[i] - row.get(i).length());
      line.append(i == 0 ? "" : "  ");
      line.append(i < leftColumns ? row.get(i) + blanks : blanks + row.get(i));
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }
}
