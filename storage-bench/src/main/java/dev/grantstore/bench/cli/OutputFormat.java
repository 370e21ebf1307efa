package dev.grantstore.bench.cli;

import dev.grantstore.bench.report.Report;

/** What {@code --format} takes. */
enum OutputFormat {
  /** Tables. */
  TEXT(Report.TEXT),
  /** The result model. */
  JSON(Report.JSON);

  private final Report report;

  OutputFormat(Report report) {
    this.report = report;
  }

  Report report() {
    return report;
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
