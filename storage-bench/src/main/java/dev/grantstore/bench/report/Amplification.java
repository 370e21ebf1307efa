package dev.grantstore.bench.report;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.ReadCounters;
import dev.grantstore.bench.result.RunResult;
import java.util.List;

/** What the engine counted in the extra pass. */
final class Amplification {
  private static final String NOT_COUNTED = "n/a";

  private Amplification() {}

  static String table(RunResult result) {
    TextTable table =
        new TextTable(
            1,
            List.of(
                "bench",
                "counted ops",
                "blocks/op",
                "blocks/row",
                "steps/op",
                "cache hits % (cold)"));
    for (CellSeries series : result.cells()) {
      CellResult cell = series.middle();
      ReadCounters counters = cell.counters();
      if (counters == null) {
        table.add(
            List.of(
                cell.benchmark(), NOT_COUNTED, NOT_COUNTED, NOT_COUNTED, NOT_COUNTED, NOT_COUNTED));
      } else {
        table.add(
            List.of(
                cell.benchmark(),
                Numbers.whole(counters.ops()),
                Numbers.short3(counters.blocksPerOp()),
                Numbers.short3(counters.blocksPerRow()),
                Numbers.short3((double) counters.nexts() / Math.max(1, counters.ops())),
                Numbers.oneDecimal(counters.cacheHitPercent())));
      }
    }
    return table.render();
  }
}
