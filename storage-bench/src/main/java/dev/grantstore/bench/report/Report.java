package dev.grantstore.bench.report;

import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;

/** The forms a result can be printed in. */
public enum Report {
  /** Tables with every figure, for people. */
  TEXT {
    @Override
    public String render(RunResult result) {
      return FullReport.render(result);
    }
  },
  /** The result model as JSON, for programs. */
  JSON {
    @Override
    public String render(RunResult result) {
      return ResultJson.encode(result);
    }
  },
  /** One table with the figures most people ask for first. */
  SUMMARY {
    @Override
    public String render(RunResult result) {
      return SummaryReport.render(result);
    }
  };

  /**
   * {@return the result in this form, ended by a line feed}
   *
   * @param result any result, also one that was interrupted
   */
  public abstract String render(RunResult result);
}
