package dev.grantstore.bench.report;

import dev.grantstore.bench.result.RunResult;
import java.util.List;

/** One table with the figures most people ask for first. */
final class SummaryReport {
  private SummaryReport() {}

  static String render(RunResult result) {
    StringBuilder out = new StringBuilder();
    out.append(Preamble.render(result));
    if (result.cells().isEmpty()) {
      out.append("\nnothing was measured\n");
    } else {
      out.append('\n').append(table(result));
    }
    return out.append(Endnotes.render(result)).toString();
  }

  private static String table(RunResult result) {
    TextTable table =
        new TextTable(
            2,
            List.of(
                "bench",
                "operation",
                "ops/s",
                "rows/op",
                "rows/s",
                "ns/row",
                "p50 ns",
                "p99 ns",
                "p99.9 ns",
                "max ns",
                "alloc B/op",
                "rate"));
    Rows.forEach(
        result,
        (series, outcome) ->
            table.add(
                List.of(
                    Rows.name(series, outcome),
                    series.title(),
                    Numbers.short3(outcome.opsPerSecond()),
                    Numbers.short3(outcome.rowsPerOp()),
                    Numbers.wholeOrDash(outcome.rowsPerSecond()),
                    Numbers.wholeOrDash(outcome.nanosPerRow()),
                    Numbers.wholeOrDash(outcome.latency().p50Nanos()),
                    Numbers.wholeOrDash(outcome.latency().p99Nanos()),
                    Numbers.wholeOrDash(outcome.latency().p999Nanos()),
                    Numbers.whole(outcome.latency().maxNanos()),
                    Rows.isFirst(series.middle(), outcome)
                        ? Numbers.whole(series.middle().resources().allocatedBytesPerOp())
                        : "",
                    Rows.state(series.middle()))));
    return table.render();
  }
}
