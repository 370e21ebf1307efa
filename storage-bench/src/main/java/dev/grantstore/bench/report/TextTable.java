package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Style.Tone;
import dev.grantstore.tool.ForeignText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Lays out columns: the first ones left, the numbers right, two blanks between. Texts are made fit
 * for a line. One thread.
 */
final class TextTable {
  private final List<String> headers;
  private final Set<Integer> left = new HashSet<>();
  private final List<Line> lines = new ArrayList<>();

  /** A row, or a heading where there are no cells. */
  private record Line(String heading, List<String> cells, Map<Integer, Tone> tones) {}

  /**
   * Starts a table.
   *
   * @param leftColumns how many columns, from the left, hold text
   * @param headers one per column, with the unit
   */
  TextTable(int leftColumns, List<String> headers) {
    this.headers = List.copyOf(headers);
    for (int i = 0; i < leftColumns; i++) {
      left.add(i);
    }
  }

  /** {@return this, whose last column holds text too} */
  TextTable lastIsText() {
    left.add(headers.size() - 1);
    return this;
  }

  /** Adds a row with a text for every column. */
  void add(List<String> row) {
    add(row, Map.of());
  }

  /** Adds a row with a text for every column; some columns say something. */
  void add(List<String> row, Map<Integer, Tone> tones) {
    if (row.size() != headers.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "row does not fit the table: cells=%d columns=%d",
              row.size(),
              headers.size()));
    }
    lines.add(new Line("", row.stream().map(ForeignText::line).toList(), tones));
  }

  /** Adds a line over all columns. */
  void heading(String text) {
    lines.add(new Line(ForeignText.line(text), List.of(), Map.of()));
  }

  /** {@return the table, each line ended by a line feed, no blanks at line ends} */
  String render() {
    return render(Style.PLAIN);
  }

  /** {@return the table, dressed} */
  String render(Style style) {
    int[] widths = new int[headers.size()];
    measure(headers, widths);
    lines.forEach(line -> measure(line.cells, widths));
    StringBuilder out = new StringBuilder();
    line(out, headers, widths, Map.of(), style);
    List<String> rules = new ArrayList<>();
    for (int width : widths) {
      rules.add("-".repeat(width));
    }
    line(out, rules, widths, Map.of(), style);
    for (Line line : lines) {
      if (line.cells.isEmpty()) {
        out.append(line.heading).append('\n');
      } else {
        line(out, line.cells, widths, line.tones, style);
      }
    }
    return out.toString();
  }

  private static void measure(List<String> row, int[] widths) {
    for (int i = 0; i < row.size(); i++) {
      widths[i] = Math.max(widths[i], width(row.get(i)));
    }
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private void line(
      StringBuilder out, List<String> row, int[] widths, Map<Integer, Tone> tones, Style style) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String blanks = " ".repeat(widths[i] - width(row.get(i)));
      String text = style.paint(tones.getOrDefault(i, Tone.NEUTRAL), row.get(i));
      line.append(i == 0 ? "" : "  ");
      line.append(left.contains(i) ? text + blanks : blanks + text);
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }
}
