package dev.grantstore.bench.report;

import dev.grantstore.bench.export.CsvForm;
import dev.grantstore.bench.export.GoForm;
import dev.grantstore.bench.export.HistogramLogForm;
import dev.grantstore.bench.export.JmhForm;
import dev.grantstore.bench.result.RunResult;

/** The forms a result can be printed in. */
public enum Report {
  /** Tables with every figure, for people. */
  TEXT,
  /** One table with the figures most people ask for first. */
  SUMMARY,
  /** The result model as JSON, and its verdicts, for programs. */
  JSON,
  /** A number in a row, for spreadsheets and statistics programs. */
  CSV,
  /** A log of HdrHistograms. */
  HDR,
  /** JSON as JMH writes it. */
  JMH,
  /** Text as Go's benchmarks print it. */
  GO,
  /** The page. */
  HTML;

  /**
   * {@return the result in this form, ended by a line feed, without colours}
   *
   * @param result any result, also one that was interrupted or is not complete yet
   * @throws IllegalArgumentException if a histogram in it does not decode; only {@link #HDR}
   */
  public String render(RunResult result) {
    return render(result, Style.PLAIN);
  }

  /**
   * {@return the result in this form, ended by a line feed}
   *
   * @param result any result, also one that was interrupted or is not complete yet
   * @param style how forms for people are dressed; forms for programs never are
   * @throws IllegalArgumentException if a histogram in it does not decode; only {@link #HDR}
   */
  public String render(RunResult result, Style style) {
    return switch (this) {
      case TEXT -> TextReport.full(result, style);
      case SUMMARY -> TextReport.summary(result, style);
      case JSON -> JsonReport.render(result);
      case CSV -> CsvForm.render(result);
      case HDR -> HistogramLogForm.render(result);
      case JMH -> JmhForm.render(result);
      case GO -> GoForm.render(result);
      case HTML -> HtmlReport.render(result);
    };
  }
}
