package dev.grantstore.bench.cli;

import dev.grantstore.bench.report.Report;
import java.util.Locale;

/** What {@code --format} takes. */
enum OutputFormat {
  /** Tables. */
  TEXT(Report.TEXT, "tables with every figure, for people"),
  /** One table. */
  SUMMARY(Report.SUMMARY, "one table with the figures most people ask for first"),
  /** The result model. */
  JSON(Report.JSON, "the whole result; what 'show' and 'compare' read"),
  /** A number in a row. */
  CSV(Report.CSV, "a number in a row, for spreadsheets and statistics programs"),
  /** HdrHistogram log. */
  HDR(Report.HDR, "HdrHistogram log, a histogram for each fork, tagged by engine and question"),
  /** JMH's JSON. */
  JMH(Report.JMH, "JSON as JMH writes it, for its viewers"),
  /** Go's benchmark text. */
  GO(Report.GO, "Go benchmark text: benchstat -col /engine FILE"),
  /** The page. */
  HTML(Report.HTML, "one page, which opens without a network");

  private final Report report;
  private final String description;

  OutputFormat(Report report, String description) {
    this.report = report;
    this.description = description;
  }

  /** {@return what it is for, in a line} */
  String description() {
    return description;
  }

  Report report() {
    return report;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
