package dev.grantstore.bench.report;

import dev.grantstore.bench.export.CsvForm;
import dev.grantstore.bench.export.GoForm;
import dev.grantstore.bench.export.HistogramLogForm;
import dev.grantstore.bench.export.JmhForm;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The forms a result can be printed in. */
public enum Report {
  /** Tables with every figure, for people. */
  TEXT(TextReport::full),
  /** One table with the figures most people ask for first. */
  SUMMARY(TextReport::summary),
  /** The result model as JSON, for programs. */
  JSON(ResultJson::encode),
  /** A number in a row, for spreadsheets and statistics programs. */
  CSV(CsvForm::render),
  /** A log of HdrHistograms. */
  HDR(HistogramLogForm::render),
  /** JSON as JMH writes it. */
  JMH(JmhForm::render),
  /** Text as Go's benchmarks print it. */
  GO(GoForm::render),
  /** The page. */
  HTML(HtmlReport::render);

  private final BiFunction<RunResult, Style, String> form;

  Report(BiFunction<RunResult, Style, String> form) {
    this.form = form;
  }

  Report(Function<RunResult, String> form) {
    this((result, style) -> form.apply(result));
  }

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
    return form.apply(result, style);
  }
}
