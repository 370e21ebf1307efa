package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Style.Tone;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.tool.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines after the tables: what is missing, and what to know before using the figures. */
final class Endnotes {
  private Endnotes() {}

  static String render(RunResult result, Style style) {
    List<String> notes = new ArrayList<>();
    if (result.interrupted()) {
      notes.add(style.paint(Tone.DOUBTFUL, "interrupted: this is what was measured until then"));
    }
    for (CellFailure failure : result.failures()) {
      notes.add(style.paint(Tone.BAD, ForeignText.line(words(failure))));
    }
    for (String warning : result.warnings()) {
      notes.add(style.paint(Tone.DOUBTFUL, ForeignText.line("warning: " + warning)));
    }
    return notes.isEmpty() ? "" : "\n" + String.join("\n", notes) + "\n";
  }

  private static String words(CellFailure failure) {
    String what =
        switch (failure.kind()) {
          case UNAVAILABLE -> "not available";
          case WRONG_ANSWER -> "wrong answer";
          case TIMEOUT -> "ended by the watchdog";
          case FAILED -> "failed";
        };
    return failure.question().isEmpty()
        ? String.format(Locale.ROOT, "%s: %s: %s", what, failure.engine(), failure.reason())
        : String.format(
            Locale.ROOT,
            "%s: %s %s, round %d: %s",
            what,
            failure.question(),
            failure.engine(),
            failure.round(),
            failure.reason());
  }
}
