package dev.grantstore.bench.report;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.KeyCount;
import dev.grantstore.bench.result.Latency;
import dev.grantstore.bench.result.Resources;
import dev.grantstore.bench.result.RunResult;
import java.util.List;
import java.util.Map;

/** Every figure, in three tables: throughput, latency, resources. */
final class FullReport {
  private FullReport() {}

  static String render(RunResult result) {
    StringBuilder out = new StringBuilder();
    out.append(Preamble.render(result));
    if (result.cells().isEmpty()) {
      out.append("\nnothing was measured\n");
    } else {
      out.append('\n').append(throughput(result));
      out.append('\n').append(latency(result));
      out.append('\n').append(resources(result));
      out.append('\n').append(Amplification.table(result));
      out.append(figures(result));
    }
    out.append(Endnotes.render(result));
    return out.toString();
  }

  private static String throughput(RunResult result) {
    TextTable table =
        new TextTable(
            2,
            List.of(
                "bench",
                "operation",
                "ops",
                "ops/s",
                "rows/op",
                "rows/s",
                "ns/op",
                "ns/row",
                "rate"));
    Rows.forEach(
        result,
        (series, outcome) ->
            table.add(
                List.of(
                    Rows.name(series, outcome),
                    series.title(),
                    Numbers.whole(outcome.ops()),
                    Numbers.short3(outcome.opsPerSecond()),
                    Numbers.short3(outcome.rowsPerOp()),
                    Numbers.wholeOrDash(outcome.rowsPerSecond()),
                    Numbers.whole(outcome.nanosPerOp()),
                    Numbers.wholeOrDash(outcome.nanosPerRow()),
                    Rows.state(series.middle()))));
    return table.render();
  }

  private static String latency(RunResult result) {
    TextTable table =
        new TextTable(
            1, List.of("bench", "p50 ns", "p90 ns", "p99 ns", "p99.9 ns", "p99.99 ns", "max ns"));
    Rows.forEach(
        result,
        (series, outcome) -> {
          Latency latency = outcome.latency();
          table.add(
              List.of(
                  Rows.name(series, outcome),
                  Numbers.wholeOrDash(latency.p50Nanos()),
                  Numbers.wholeOrDash(latency.p90Nanos()),
                  Numbers.wholeOrDash(latency.p99Nanos()),
                  Numbers.wholeOrDash(latency.p999Nanos()),
                  Numbers.wholeOrDash(latency.p9999Nanos()),
                  Numbers.whole(latency.maxNanos())));
        });
    return table.render();
  }

  private static String resources(RunResult result) {
    TextTable table =
        new TextTable(
            1,
            List.of(
                "bench",
                "alloc B/op",
                "thread CPU ns/op",
                "process CPU ns/op",
                "GCs",
                "GC ms",
                "peak RSS MiB",
                "others' cores",
                "harness ns/op",
                "harness %"));
    for (CellSeries series : result.cells()) {
      CellResult cell = series.middle();
      Resources used = cell.resources();
      table.add(
          List.of(
              cell.benchmark(),
              Numbers.whole(used.allocatedBytesPerOp()),
              Numbers.whole(used.threadCpuNanosPerOp()),
              Numbers.whole(used.processCpuNanosPerOp()),
              Numbers.whole(used.gcCount()),
              Numbers.whole(used.gcMillis()),
              used.peakRssBytes() == 0 ? Numbers.NOTHING : Numbers.mebibytes(used.peakRssBytes()),
              used.otherCpuCores() < 0 ? Numbers.NOTHING : Numbers.oneDecimal(used.otherCpuCores()),
              cell.interrupted() ? Numbers.NOTHING : Numbers.whole(cell.harness().nanosPerOp()),
              cell.interrupted()
                  ? Numbers.NOTHING
                  : Numbers.oneDecimal(cell.harness().sharePercent())));
    }
    return table.render();
  }

  private static String figures(RunResult result) {
    StringBuilder out = new StringBuilder();
    for (CellSeries series : result.cells()) {
      CellResult cell = series.middle();
      KeyCount keys = cell.keys();
      if (keys.asked() > 0) {
        out.append(
            "%s keys asked: %s of %s%s%n"
                .formatted(
                    cell.benchmark(),
                    Numbers.whole(keys.asked()),
                    Numbers.whole(keys.present()),
                    keys.missesAsked() == 0
                        ? ""
                        : "; misses: " + Numbers.whole(keys.missesAsked())));
      }
      cell.notes()
          .forEach(
              (name, words) -> out.append("%s %s: %s%n".formatted(cell.benchmark(), name, words)));
      for (Map.Entry<String, Double> figure : cell.figures().entrySet()) {
        out.append(
            "%s %s %s%n"
                .formatted(
                    cell.benchmark(), figure.getKey(), Numbers.oneDecimal(figure.getValue())));
      }
    }
    return out.length() == 0 ? "" : "\n" + out;
  }
}
