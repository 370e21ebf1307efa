package dev.grantstore.bench.report;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellResult.StoreState;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.statistics.Median;
import dev.grantstore.tool.ForeignText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What belongs to one benchmark alone: its keys, notes and figures, and what became of a store. */
final class Facts {
  private Facts() {}

  /** {@return a line for each fact, the same said once} */
  static String render(RunResult result) {
    Set<String> lines = new LinkedHashSet<>();
    for (CellSeries series : result.cells()) {
      CellResult cell = series.forks().get(0).cell();
      String who = series.question() + " " + series.engine();
      keys(series.question(), cell.keys(), lines);
      cell.notes()
          .forEach(
              (name, words) ->
                  lines.add(String.format(Locale.ROOT, "%s %s: %s", who, name, words)));
      for (String name : cell.figures().keySet()) {
        double[] known =
            series.forks().stream()
                .map(fork -> fork.cell().figures().get(name))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        lines.add(
            String.format(Locale.ROOT, "%s %s: %s", who, name, Numbers.short3(Median.of(known))));
      }
      state(who, cell, lines);
    }
    StringBuilder out = new StringBuilder();
    lines.forEach(line -> out.append(ForeignText.line(line)).append('\n'));
    return out.toString();
  }

  private static void keys(String question, KeyCount keys, Set<String> lines) {
    if (keys.asked() > 0) {
      String misses =
          keys.missesAsked() == 0 ? "" : "; misses: " + Numbers.whole(keys.missesAsked());
      lines.add(
          String.format(
              Locale.ROOT,
              "%s keys asked: %s of %s%s",
              question,
              Numbers.whole(keys.asked()),
              Numbers.whole(keys.present()),
              misses));
    }
  }

  private static void state(String who, CellResult cell, Set<String> lines) {
    SortedMap<String, String> before = shape(cell.before());
    SortedMap<String, String> after = shape(cell.after());
    List<String> changes = new ArrayList<>();
    for (Map.Entry<String, String> entry : after.entrySet()) {
      String was = before.getOrDefault(entry.getKey(), Numbers.NOTHING);
      if (!was.equals(entry.getValue())) {
        changes.add(
            String.format(Locale.ROOT, "%s %s -> %s", entry.getKey(), was, entry.getValue()));
      }
    }
    if (!changes.isEmpty()) {
      lines.addAll(Lines.wrapped(who + " store changed:", changes));
    }
  }

  private static SortedMap<String, String> shape(StoreState state) {
    SortedMap<String, String> shape = new TreeMap<>(state.engine());
    for (StoreState.Keyspace keyspace : state.keyspaces()) {
      shape.put(
          keyspace.name() + " files",
          String.format(
              Locale.ROOT,
              "%s (%s MiB)",
              keyspace.files(),
              Numbers.mebibytes(keyspace.fileBytes())));
    }
    return shape;
  }
}
