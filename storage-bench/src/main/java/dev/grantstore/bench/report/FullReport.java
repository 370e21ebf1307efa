package dev.grantstore.bench.report;

import dev.grantstore.bench.result.RunResult;
import java.util.ArrayList;
import java.util.List;

/** Every figure: one table to compare engines by, then tables for each kind of figure. */
final class FullReport {
  private FullReport() {}

  static String render(RunResult result, Style style) {
    StringBuilder out = new StringBuilder(Preamble.render(result, style));
    for (String part : parts(result, style)) {
      if (!part.isEmpty()) {
        out.append('\n').append(part);
      }
    }
    return out.append(Endnotes.render(result, style)).toString();
  }

  private static List<String> parts(RunResult result, Style style) {
    List<String> parts = new ArrayList<>();
    if (result.cells().isEmpty()) {
      parts.add("nothing was measured\n");
    } else {
      parts.add(MainTable.render(result, style));
      parts.add(section("Service time", LatencyTables.render(result, style)));
      parts.add(section("Open loop", OpenLoopTables.render(result, style)));
      parts.add(section("Length of answers", ListTables.render(result, style)));
      parts.add(section("Resources", ResourceTable.render(result, style)));
      parts.add(
          section("Counted by the engine, untimed pass", Amplification.render(result, style)));
    }
    if (!result.engines().isEmpty()) {
      parts.add(
          section("On disk, closed; in memory, open and warm", SizeTable.render(result, style)));
    }
    parts.add(Facts.render(result));
    return parts;
  }

  private static String section(String title, String text) {
    return text.isEmpty() ? "" : title + "\n" + text;
  }
}
