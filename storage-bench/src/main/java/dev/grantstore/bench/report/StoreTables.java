package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Table.Row;
import dev.grantstore.bench.report.Table.Value;
import dev.grantstore.bench.result.CellResult.StoreState;
import dev.grantstore.bench.result.CellResult.StoreState.Keyspace;
import dev.grantstore.bench.result.ReadCounters;
import dev.grantstore.bench.result.RunResult.DiskUse;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.RunResult.ResidentUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the stores take, what the engines count, and what became of their files. */
final class StoreTables {
  /** What belongs to no keyspace. */
  static final String REST = "log, metadata, rest";

  private StoreTables() {}

  /** {@return what the same grants take on disk in each engine, and in memory} */
  static Table sizes(List<EngineResult> engines) {
    TreeSet<String> keyspaces = new TreeSet<>();
    engines.forEach(engine -> keyspaces.addAll(engine.disk().keyspaceBytes().keySet()));
    Sizes rows = new Sizes(engines, new ArrayList<>());
    rows.add("the whole store", "total MiB", Unit.MEBIBYTES, e -> e.disk().bytes());
    for (String keyspace : keyspaces) {
      String head = keyspace + " MiB";
      rows.add(keyspace, head, Unit.MEBIBYTES, e -> e.disk().keyspaceBytes().get(keyspace));
    }
    rows.add(REST, "other MiB", Unit.MEBIBYTES, e -> e.disk().otherBytes());
    for (String keyspace : keyspaces) {
      rows.add(keyspace + ", each grant", "", Unit.BYTES, e -> parts(e.disk()).get(keyspace));
    }
    rows.add(REST + ", each grant", "", Unit.BYTES, e -> parts(e.disk()).get(REST));
    Unit perGrant = Unit.BYTES_PER_GRANT;
    rows.add("in all, each grant", "bytes/grant", perGrant, e -> e.disk().bytesPerGrant());
    rows.add(
        "space amplification (by canonical bytes)",
        "space amplification",
        Unit.TIMES,
        e -> e.disk().amplification() == 0 ? null : e.disk().amplification());
    rows.addMemory(
        "in memory, open and warm, each grant",
        "memory B/grant",
        perGrant,
        ResidentUse::bytesPerGrant);
    if (engines.stream().anyMatch(engine -> engine.resident() != null)) {
      rows.addMemory("in memory, in all", "", Unit.BYTES, ResidentUse::bytes);
      rows.addMemory("of it Java heap", "", Unit.BYTES, ResidentUse::heapBytes);
      rows.addMemory("of it mapped files", "", Unit.BYTES, ResidentUse::mappedFileBytes);
    }
    rows.add("measured as", "measured as", e -> Value.words(e.disk().method()));
    List<String> names = engines.stream().map(EngineResult::name).toList();
    return Table.ofEngines("Size on disk, per grant and in all", names, rows.rows);
  }

  /** Rows about engines, as they are made. */
  private record Sizes(List<EngineResult> engines, List<Row> rows) {
    void add(String name, String head, Function<EngineResult, Value> value) {
      rows.add(Row.of(name, head, engines.stream().map(value).toList()));
    }

    void add(String name, String head, Unit unit, Function<EngineResult, @Nullable Number> number) {
      add(
          name,
          head,
          engine -> {
            if (!engine.disk().isKnown()) {
              return Value.words("not known");
            }
            Number known = number.apply(engine);
            return known == null ? Value.NOTHING : Value.of(unit, known.doubleValue());
          });
    }

    void addMemory(String name, String head, Unit unit, Function<ResidentUse, Number> bytes) {
      add(
          name,
          head,
          engine -> {
            ResidentUse resident = engine.resident();
            return resident == null
                ? Value.words(engine.disk().isKnown() ? "not measured" : "not known")
                : Value.of(unit, bytes.apply(resident).doubleValue());
          });
    }
  }

  /** {@return the bytes per grant of each keyspace, and of the rest after them} */
  static Map<String, Double> parts(DiskUse disk) {
    double grants = disk.bytesPerGrant() > 0 ? disk.bytes() / disk.bytesPerGrant() : 1;
    Map<String, Double> parts = new LinkedHashMap<>();
    disk.keyspaceBytes().forEach((name, bytes) -> parts.put(name, bytes / grants));
    parts.put(REST, Math.max(0, disk.otherBytes()) / grants);
    return parts;
  }

  /** {@return what the engines counted in the extra pass of a cell; without those that do not} */
  static Table counters(Benchmark cell) {
    Map<String, ReadCounters> counting = new LinkedHashMap<>();
    for (Measured measured : cell.engines()) {
      counters(measured).ifPresent(counters -> counting.put(measured.engine(), counters));
    }
    List<ReadCounters> all = List.copyOf(counting.values());
    List<Row> rows = new ArrayList<>();
    rows.add(count("operations counted", "counted ops", all, Unit.OPERATIONS, c -> c.ops()));
    rows.add(count("blocks looked at", "blocks/op", all, Unit.BLOCKS, c -> c.blocksPerOp()));
    rows.add(
        count(
            "blocks looked at, each row",
            "blocks/row",
            all,
            Unit.BLOCKS,
            c -> c.rows() == 0 ? Double.NaN : c.blocksPerRow()));
    rows.add(
        count(
            "steps of iterators",
            "steps/op",
            all,
            Unit.STEPS,
            c -> (double) c.nexts() / Math.max(1, c.ops())));
    rows.add(
        count(
            "of the blocks in the cache",
            "cache hits % (from cold)",
            all,
            Unit.PERCENT,
            c -> c.blocksPerOp() == 0 ? Double.NaN : c.cacheHitPercent()));
    TreeSet<String> names = new TreeSet<>();
    all.forEach(counters -> names.addAll(counters.perOp().keySet()));
    for (String name : names) {
      rows.add(count(name, "", all, Unit.NONE, c -> c.perOp().getOrDefault(name, Double.NaN)));
    }
    String title = cell.cell() + ": " + cell.engines().get(0).series().title();
    return new Table(title, "each operation", List.copyOf(counting.keySet()), true, rows);
  }

  private static Row count(
      String name,
      String head,
      List<ReadCounters> all,
      Unit unit,
      ToDoubleFunction<ReadCounters> figure) {
    return Row.of(
        name, head, all.stream().map(c -> Value.of(unit, figure.applyAsDouble(c))).toList());
  }

  private static Optional<ReadCounters> counters(Measured measured) {
    return measured.series().forks().stream()
        .map(fork -> fork.cell().counters())
        .filter(Objects::nonNull)
        .findFirst()
        .map(Objects::requireNonNull);
  }

  /** {@return which engines counted nothing, in a sentence; empty where all of them did} */
  static String notCounting(List<Benchmark> cells) {
    List<String> without = new ArrayList<>();
    for (Benchmark cell : cells) {
      for (Measured measured : cell.engines()) {
        if (counters(measured).isEmpty()) {
          without.add(cell.cell() + " " + measured.engine());
        }
      }
    }
    return without.isEmpty() ? "" : "no engine counters: " + String.join(", ", without);
  }

  /** {@return a store before and after a cell, of the fork in the middle} */
  static Table state(Measured measured, String cell) {
    StoreState before = measured.series().middle().before();
    StoreState after = measured.series().middle().after();
    Map<String, String> was = words(before);
    Map<String, String> is = words(after);
    LinkedHashMap<String, String> names = new LinkedHashMap<>(was);
    is.forEach(names::putIfAbsent);
    List<Row> rows = new ArrayList<>();
    for (String name : names.keySet()) {
      rows.add(Row.fact(name, List.of(was.getOrDefault(name, ""), is.getOrDefault(name, ""))));
    }
    String title = String.format(Locale.ROOT, "%s before and after %s", measured.engine(), cell);
    return new Table(title, "", List.of("before", "after"), false, rows);
  }

  private static Map<String, String> words(StoreState state) {
    Map<String, String> words = new LinkedHashMap<>();
    for (Keyspace keyspace : state.keyspaces()) {
      words.put(
          keyspace.name(),
          String.format(
              Locale.ROOT,
              "about %s, %s in %s",
              Units.count(keyspace.rowsEstimate(), "row"),
              Units.bytes(keyspace.fileBytes()),
              Units.count(keyspace.files(), "file")));
    }
    if (state.memoryBytes() > 0) {
      words.put("memory outside the Java heap", Units.bytes(state.memoryBytes()));
    }
    words.putAll(state.engine());
    return words;
  }
}
