package dev.grantstore.bench.report;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.CellSettings.Temperature;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.Method;
import dev.grantstore.bench.statistics.Bootstrap;
import dev.grantstore.fixture.spec.Quantity;
import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/** How it was measured, in words. */
final class MethodLines {
  private MethodLines() {}

  static void add(RunResult result, List<String> lines) {
    Method method = result.method();
    Preamble.add(
        lines,
        "method",
        String.format(
            Locale.ROOT,
            "%s, %s; cache %s and durability %s asked of every engine",
            forks(method.forks()),
            method.order(),
            Quantity.formatBytes(method.cacheBytes()),
            method.durability()));
    if (result.cells().isEmpty()) {
      return;
    }
    Preamble.add(lines, "", settings(result.cells()));
    Preamble.add(lines, "", warmUp(result.cells()));
    int most = result.cells().stream().mapToInt(series -> series.forks().size()).max().orElse(0);
    if (most >= Bootstrap.LEAST_VALUES) {
      Preamble.add(
          lines,
          "",
          "figures are the middle of n forks (max: the longest of all), intervals a bootstrap over"
              + " them");
    } else {
      Preamble.add(
          lines,
          "",
          "too few forks for intervals: enough to look at, too little to claim a difference by");
    }
  }

  /** {@return a duration in seconds, with the unit} */
  static String seconds(Duration duration) {
    return duration.isZero() ? "0 s" : Numbers.short3(duration.toMillis() / 1e3) + " s";
  }

  private static String forks(int forks) {
    return switch (forks) {
      case 0 -> "no forks";
      case 1 -> "1 fork of each cell";
      default -> forks + " forks of each cell";
    };
  }

  private static String settings(List<CellSeries> cells) {
    CellSettings first = cells.get(0).settings();
    boolean open = cells.stream().anyMatch(cell -> cell.settings().isOpenLoop());
    boolean closed = cells.stream().anyMatch(cell -> !cell.settings().isOpenLoop());
    String loops = open && closed ? "closed and open loops" : open ? "open loop" : "closed loop";
    return String.format(
        Locale.ROOT,
        "%s; threads %s, measured %s, seed %d; every answer checked",
        loops,
        threads(cells),
        seconds(first.duration()),
        first.seed());
  }

  private static String threads(List<CellSeries> cells) {
    List<String> counts =
        cells.stream()
            .map(cell -> cell.settings().threads())
            .distinct()
            .sorted()
            .map(String::valueOf)
            .toList();
    return String.join(" and ", counts);
  }

  /** What it really took, which may be longer than asked for. */
  private static String warmUp(List<CellSeries> cells) {
    List<CellSeries> warm =
        cells.stream().filter(cell -> cell.settings().temperature() == Temperature.WARM).toList();
    if (warm.isEmpty()) {
      return "no warm-up: cold cells";
    }
    DoubleSummaryStatistics taken =
        warm.stream()
            .flatMap(series -> series.forks().stream())
            .mapToDouble(fork -> fork.cell().warmup().seconds())
            .summaryStatistics();
    CellSettings settings = warm.get(0).settings();
    String longest =
        settings.mostWarmup().equals(settings.warmup())
            ? ""
            : ", until the rate is steady, at most " + seconds(settings.mostWarmup());
    String least = Numbers.oneDecimal(taken.getMin());
    String most = Numbers.oneDecimal(taken.getMax());
    return String.format(
        Locale.ROOT,
        "warm-up %s%s, left out; took %s s%s",
        seconds(settings.warmup()),
        longest,
        least.equals(most) ? least : least + " to " + most,
        warm.size() < cells.size() ? "; none in cold cells" : "");
  }
}
