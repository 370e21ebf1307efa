package dev.grantstore.bench.report;

import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.DiskUse;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.RunResult.ResidentUse;
import dev.grantstore.tool.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the same grants take on disk in each engine, and in memory. */
final class SizeTable {
  private SizeTable() {}

  static String render(RunResult result, Style style) {
    SortedSet<String> keyspaces = new TreeSet<>();
    result.engines().forEach(engine -> keyspaces.addAll(engine.disk().keyspaceBytes().keySet()));
    List<String> headers = new ArrayList<>(List.of("engine", "total MiB"));
    keyspaces.forEach(keyspace -> headers.add(keyspace + " MiB"));
    headers.addAll(
        List.of(
            "other MiB", "bytes/grant", "space amplification", "memory B/grant", "measured as"));
    TextTable table = new TextTable(1, headers).lastIsText();
    for (EngineResult engine : result.engines()) {
      DiskUse disk = engine.disk();
      List<String> row = new ArrayList<>(List.of(engine.name(), Numbers.mebibytes(disk.bytes())));
      for (String keyspace : keyspaces) {
        Long bytes = disk.keyspaceBytes().get(keyspace);
        row.add(bytes == null ? Numbers.NOTHING : Numbers.mebibytes(bytes));
      }
      row.add(Numbers.mebibytes(disk.otherBytes()));
      row.add(Numbers.oneDecimal(disk.bytesPerGrant()));
      row.add(Numbers.short3(disk.amplification()));
      ResidentUse resident = engine.resident();
      row.add(resident == null ? Numbers.NOTHING : Numbers.oneDecimal(resident.bytesPerGrant()));
      row.add(disk.method());
      table.add(row);
    }
    List<String> unknown =
        result.engines().stream()
            .filter(engine -> engine.resident() == null)
            .map(engine -> ForeignText.line(engine.name()))
            .toList();
    return table.render(style)
        + (unknown.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT, "memory was not measured of: %s\n", String.join(", ", unknown)));
  }
}
