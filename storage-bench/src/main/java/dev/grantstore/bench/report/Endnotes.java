package dev.grantstore.bench.report;

import dev.grantstore.bench.result.RunResult;
import java.util.ArrayList;
import java.util.List;

/** The lines after the tables: what a reader should know before using the figures. */
final class Endnotes {
  private Endnotes() {}

  static String render(RunResult result) {
    List<String> notes = new ArrayList<>();
    if (result.interrupted()) {
      notes.add("interrupted: this is what was measured until then");
    }
    result.warnings().forEach(warning -> notes.add("warning: " + warning));
    return notes.isEmpty() ? "" : "\n" + String.join("\n", notes) + "\n";
  }
}
