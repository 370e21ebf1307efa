package dev.grantstore.bench.report;

import dev.grantstore.bench.export.CsvForm;
import dev.grantstore.bench.export.GoForm;
import dev.grantstore.bench.export.HistogramLogForm;
import dev.grantstore.bench.export.JmhForm;
import dev.grantstore.bench.report.html.HtmlReport;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;

/** The forms a result can be printed in. */
public enum Report {
  /** Tables with every figure, for people. */
  TEXT {
    @Override
    public String render(RunResult result, Style style) {
      return FullReport.render(result, style);
    }
  },
  /** One table with the figures most people ask for first. */
  SUMMARY {
    @Override
    public String render(RunResult result, Style style) {
      return SummaryReport.render(result, style);
    }
  },
  /** The result model as JSON, for programs. */
  JSON {
    @Override
    public String render(RunResult result, Style style) {
      return ResultJson.encode(result);
    }
  },
  /** A number in a row, for spreadsheets and statistics programs. */
  CSV {
    @Override
    public String render(RunResult result, Style style) {
      return CsvForm.render(result);
    }
  },
  /** A log of HdrHistograms. */
  HDR {
    @Override
    public String render(RunResult result, Style style) {
      return HistogramLogForm.render(result);
    }
  },
  /** JSON as JMH writes it. */
  JMH {
    @Override
    public String render(RunResult result, Style style) {
      return JmhForm.render(result);
    }
  },
  /** Text as Go's benchmarks print it. */
  GO {
    @Override
    public String render(RunResult result, Style style) {
      return GoForm.render(result);
    }
  },
  /** The page. */
  HTML {
    @Override
    public String render(RunResult result, Style style) {
      return HtmlReport.render(result);
    }
  };

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
  public abstract String render(RunResult result, Style style);
}
