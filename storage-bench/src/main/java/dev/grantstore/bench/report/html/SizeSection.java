package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.DiskUse;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.RunResult.ResidentUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What a grant takes on disk, keyspace by keyspace. */
final class SizeSection {
  private static final double ROW = 42;
  private static final double BAR = 16;
  private static final double FOOT = 20;
  private static final double MARGIN = 6;
  private static final String REST = "log, metadata, rest";

  /** So many shades are told apart. */
  private static final int SHADES = 6;

  private final Marks marks;
  private final Drawings drawings;
  private final List<EngineResult> engines;

  SizeSection(RunResult result, Marks marks, Drawings drawings) {
    this.marks = marks;
    this.drawings = drawings;
    this.engines =
        result.engines().stream()
            .filter(engine -> !marks.isHarness(engine.name()) && engine.disk().bytes() > 0)
            .toList();
  }

  Element render() {
    Element section =
        Element.of("section")
            .with("id", "size")
            .with("aria-labelledby", "size-title")
            .add(Element.of("h2", "Size on disk").with("id", "size-title"));
    if (engines.isEmpty()) {
      return section.add(Element.of("p", "No engine keeps grants on disk."));
    }
    Element figure =
        Element.of("figure")
            .add(
                Element.of("figcaption")
                    .add(Element.of("strong", "Bytes per grant"))
                    .text(" ")
                    .add(
                        Element.styled("span", "note")
                            .text(
                                "Store closed; shades are keyspaces, in the order of the table.")))
            .add(chart());
    return section.add(Element.styled("div", "figures").add(figure)).add(table());
  }

  private Element chart() {
    double most = engines.stream().mapToDouble(e -> e.disk().bytesPerGrant()).max().orElse(1);
    Axis axis = Axis.fromZero(most, MARGIN, Drawings.WIDTH - MARGIN);
    double bottom = engines.size() * ROW;
    Element svg =
        drawings.start(
            "Bytes per grant",
            engines.stream()
                .map(engine -> engine.name() + " " + perGrant(engine.disk().bytesPerGrant()))
                .collect(Collectors.joining("; ", "", ".")),
            bottom + FOOT);
    for (double tick : axis.ticks()) {
      double x = axis.at(tick);
      svg.add(Drawings.line("grid", x, 0, x, bottom));
      String anchor = tick == 0 ? "start" : x > Drawings.WIDTH - 24 ? "end" : "middle";
      svg.add(Drawings.label(Units.bytes(tick), x, bottom + 14, anchor).with("class", "tick"));
    }
    for (int i = 0; i < engines.size(); i++) {
      row(svg, engines.get(i), axis, i * ROW);
    }
    return svg;
  }

  private void row(Element svg, EngineResult engine, Axis axis, double top) {
    Element group = Element.styled("g", marks.colour(engine.name()));
    DiskUse disk = engine.disk();
    String value = perGrant(disk.bytesPerGrant());
    double room = Drawings.WIDTH - 30 - MARGIN - Drawings.widthOf(value);
    group.add(marks.shape(engine.name(), 11, top + 11));
    group.add(
        Drawings.label(Drawings.fitted(engine.name(), room), 21, top + 15, "start")
            .with("class", "strong"));
    group.add(Drawings.label(value, Drawings.WIDTH - MARGIN, top + 15, "end"));
    double left = axis.start();
    int shade = 0;
    for (Map.Entry<String, Double> part : parts(disk).entrySet()) {
      double width = (axis.end() - axis.start()) * part.getValue() / axis.most();
      group.add(
          Element.styled("rect", "part s" + shade++ % SHADES)
              .with("x", left)
              .with("y", top + 20)
              .with("width", width)
              .with("height", BAR)
              .add(Element.of("title", part.getKey() + " " + perGrant(part.getValue()))));
      left += width;
    }
    svg.add(group);
  }

  private Element table() {
    List<String> names = engines.stream().map(EngineResult::name).toList();
    Table table = Table.byEngine("Size on disk, per grant and in all", "", names, marks);
    SortedMap<String, Boolean> keyspaces = new TreeMap<>();
    engines.forEach(e -> e.disk().keyspaceBytes().keySet().forEach(k -> keyspaces.put(k, true)));
    keyspaces
        .keySet()
        .forEach(keyspace -> table.rowIfAny(keyspace + ", each grant", part(keyspace)));
    table.rowIfAny(REST + ", each grant", part(REST));
    table.row("in all, each grant", each(e -> Units.bytes(e.disk().bytesPerGrant())));
    table.row("the whole store", each(e -> Units.bytes(e.disk().bytes())));
    table.row("in memory, open and warm, each grant", memory(ResidentUse::bytesPerGrant));
    if (engines.stream().anyMatch(engine -> engine.resident() != null)) {
      table.row("in memory, in all", memory(resident -> (double) resident.bytes()));
      table.row("of it Java heap", memory(resident -> (double) resident.heapBytes()));
      table.row("of it mapped files", memory(resident -> (double) resident.mappedFileBytes()));
    }
    table.row("measured as", each(e -> e.disk().method()));
    table.rowIfAny(
        "space amplification (by canonical bytes)",
        each(
            e ->
                e.disk().amplification() == 0
                    ? Units.NOTHING
                    : Units.digits(e.disk().amplification()) + "×"));
    return table.render();
  }

  private List<String> memory(ToDoubleFunction<ResidentUse> bytes) {
    return each(
        engine -> {
          ResidentUse resident = engine.resident();
          return resident == null ? "not measured" : Units.bytes(bytes.applyAsDouble(resident));
        });
  }

  private List<String> part(String name) {
    return each(
        engine -> {
          Double bytes = parts(engine.disk()).get(name);
          return bytes == null || bytes == 0 ? Units.NOTHING : Units.bytes(bytes);
        });
  }

  private List<String> each(Function<EngineResult, String> words) {
    return engines.stream().map(words).toList();
  }

  /** {@return the bytes per grant of each keyspace, and of the rest after them} */
  private static Map<String, Double> parts(DiskUse disk) {
    double grants = disk.bytesPerGrant() > 0 ? disk.bytes() / disk.bytesPerGrant() : 1;
    Map<String, Double> parts = new LinkedHashMap<>();
    disk.keyspaceBytes().forEach((name, bytes) -> parts.put(name, bytes / grants));
    parts.put(REST, Math.max(0, disk.otherBytes()) / grants);
    return parts;
  }

  private static String perGrant(double bytes) {
    return Units.bytes(bytes) + "/grant";
  }
}
