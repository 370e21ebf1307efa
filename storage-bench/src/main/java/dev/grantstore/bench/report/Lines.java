package dev.grantstore.bench.report;

import dev.grantstore.tool.ForeignText;
import java.util.ArrayList;
import java.util.List;

/** Breaks enumerations into lines of a terminal. */
final class Lines {
  private static final int WIDTH = 110;
  private static final String INDENT = "    ";

  private Lines() {}

  /** {@return the parts after the start, commas between, later lines indented} */
  static List<String> wrapped(String start, List<String> parts) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(ForeignText.line(start));
    int on = 0;
    for (int i = 0; i < parts.size(); i++) {
      String part = ForeignText.line(parts.get(i)) + (i < parts.size() - 1 ? "," : "");
      if (on > 0 && line.length() + part.length() >= WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(INDENT).append(part);
      } else {
        line.append(' ').append(part);
      }
      on++;
    }
    lines.add(line.toString());
    return lines;
  }
}
