package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Table.Row;
import dev.grantstore.bench.report.Table.Value;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.StageNotes;
import dev.grantstore.bench.statistics.Median;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * An operation that goes through stages, G6 to G10, in one table: the time of each stage, then what
 * belongs to this benchmark alone, each with its name and its unit.
 *
 * @param table a row for each stage and figure, a column for each engine
 * @param sentences what is the same for all engines
 */
record StageTable(Table table, List<String> sentences) {
  /** How stages end that are of a limit of memory. */
  private static final String MEBIBYTES = "MiB";

  private static final double KIB = 1024;
  private static final double MIB = 1 << 20;
  private static final double MILLIS = 1e6;

  /** By length, then by text, both falling: {@code x.1024} before {@code x.64}; else by name. */
  private static final Comparator<String> LARGEST_LIMIT_FIRST =
      Comparator.<String, String>comparing(name -> name.replaceAll("\\d+$", ""))
          .thenComparing(Comparator.comparingInt(String::length).reversed())
          .thenComparing(Comparator.reverseOrder());

  /** How a figure is called, and what turns it into its unit; in the order of the table. */
  private enum Named {
    OPENED("openedFiles", "files open after the first answer", Unit.NONE, 1),
    SETTLING("settleMillis", "settling after it", Unit.MILLIS, MILLIS),
    WRITTEN(
        "deviceWriteBytesPerGrant",
        "written to the device until settled, each grant",
        Unit.BYTES_PER_GRANT,
        1),
    SEALED("deviceWriteBytesPerGrantUntilSealed", "of it until sealed", Unit.BYTES_PER_GRANT, 1),
    AMPLIFIED(
        "writeAmplificationOfDevice", "written until settled, by canonical bytes", Unit.TIMES, 1),
    PEAK("peakRssMiB.", "peak resident memory with %s MiB", Unit.BYTES, MIB),
    SLOWED("slowdown.", "time with %s MiB, by that with the largest limit", Unit.TIMES, 1),
    FILE("fileBytesPerGrant", "container, each grant", Unit.BYTES_PER_GRANT, 1),
    STORES("stores", "stores that were open", Unit.NONE, 1),
    HANDLES("fileHandlesPerStore", "file handles of each store", Unit.NONE, 1),
    RESIDENT(StageNotes.RESIDENT_PER_STORE, "resident memory of each store more", Unit.BYTES, KIB);

    private final String name;
    private final String words;
    private final Unit unit;
    private final double factor;

    Named(String name, String words, Unit unit, double factor) {
      this.name = name;
      this.words = words;
      this.unit = unit;
      this.factor = factor;
    }

    boolean is(String figure) {
      return name.endsWith(".") ? figure.startsWith(name) : figure.equals(name);
    }

    String words(String figure) {
      return String.format(
          Locale.ROOT, words, figure.substring(Math.min(figure.length(), name.length())));
    }
  }

  /** {@return the tables of all cells in stages, in the run's order} */
  static List<StageTable> of(List<Benchmark> benchmarks) {
    Map<Integer, List<Benchmark>> cells = new LinkedHashMap<>();
    for (Benchmark each : benchmarks) {
      if (each.isStaged()) {
        cells.computeIfAbsent(each.number(), any -> new ArrayList<>()).add(each);
      }
    }
    return cells.values().stream().map(StageTable::ofCell).toList();
  }

  private static StageTable ofCell(List<Benchmark> stages) {
    Benchmark first = stages.get(0);
    List<Row> rows = new ArrayList<>();
    for (Benchmark stage : stages) {
      Metric metric = stage.isOfLimits() ? Metric.SMALLEST_LIMIT_MIB : Metric.NANOS_PER_OP;
      rows.add(
          row(
              stage.isOfLimits() ? "least limit that passes" : title(stage),
              stage,
              m -> m.value(metric)));
    }
    rows.add(row("how many forks", first, m -> Value.of(Unit.NONE, m.series().forks().size())));
    addFigures(first, rows);
    addNotes(first, rows);
    String title = first.cell() + ": " + first.cellTitle();
    List<String> engines = first.engines().stream().map(Measured::engine).toList();
    return new StageTable(
        new Table(title, "mean, median of the forks", engines, true, rows), sentences(first));
  }

  private static String title(Benchmark stage) {
    String outcome = stage.outcome();
    return outcome.equals("all")
        ? "the whole"
        : outcome.endsWith(MEBIBYTES)
            ? String.format(
                Locale.ROOT,
                "burst with %s MiB",
                outcome.substring(0, outcome.length() - MEBIBYTES.length()))
            : outcome;
  }

  private static Row row(String name, Benchmark stage, Function<Measured, Value> value) {
    return Row.of(name, name, stage.engines().stream().map(value).toList());
  }

  private static void addFigures(Benchmark cell, List<Row> rows) {
    TreeSet<String> figures = new TreeSet<>(LARGEST_LIMIT_FIRST);
    for (Measured measured : cell.engines()) {
      figures.addAll(measured.series().middle().figures().keySet());
    }
    figures.removeIf(
        name ->
            name.equals(CellResult.SMALLEST_LIMIT)
                || name.equals(CellResult.MORE_THAN)
                || name.startsWith(StageNotes.OF_CONTAINER));
    for (Named named : Named.values()) {
      for (String figure : figures.stream().filter(named::is).toList()) {
        figures.remove(figure);
        rows.add(row(named.words(figure), cell, m -> value(named, m.own(figure))));
      }
    }
    for (String figure : figures) {
      rows.add(row(figure, cell, m -> Value.of(Unit.NONE, m.own(figure))));
    }
  }

  /** A slope that is not over 0 is what else the process did meanwhile. */
  private static Value value(Named named, OptionalDouble figure) {
    if (figure.isEmpty()) {
      return Value.NOTHING;
    }
    return named == Named.RESIDENT && figure.getAsDouble() <= 0
        ? Value.words("not told apart from 0")
        : Value.of(named.unit, figure.getAsDouble() * named.factor);
  }

  /** Those in which engines differ; what all have in common is said below. */
  private static void addNotes(Benchmark cell, List<Row> rows) {
    for (String name : notes(cell)) {
      if (common(cell, name).isEmpty()) {
        rows.add(row(name, cell, m -> Value.words(note(m, name))));
      }
    }
  }

  private static List<String> sentences(Benchmark cell) {
    List<String> sentences = new ArrayList<>();
    sentences.add("Measured: " + cell.how() + ".");
    for (String name : notes(cell)) {
      common(cell, name).ifPresent(words -> sentences.add(name + ": " + words + "."));
    }
    String open = pooled(cell, "openMillis");
    String read = pooled(cell, "readMillis");
    if (!open.isEmpty() && !read.isEmpty()) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "The container alone, the same code whichever engine filled it (median of all forks of"
                  + " all engines): opened in %s, all fields of all rows read in %s.",
              open,
              read));
    }
    return sentences;
  }

  private static List<String> notes(Benchmark cell) {
    TreeSet<String> names = new TreeSet<>();
    cell.engines().forEach(m -> names.addAll(m.series().middle().notes().keySet()));
    names.remove(StageNotes.HOW);
    return List.copyOf(names);
  }

  private static String note(Measured measured, String name) {
    return measured.series().middle().notes().getOrDefault(name, "");
  }

  private static Optional<String> common(Benchmark cell, String name) {
    List<String> words = cell.engines().stream().map(m -> note(m, name)).distinct().toList();
    return words.size() == 1 ? Optional.of(words.get(0)) : Optional.empty();
  }

  private static String pooled(Benchmark cell, String figure) {
    double[] all =
        cell.engines().stream()
            .flatMap(m -> m.series().forks().stream())
            .map(fork -> fork.cell().figures().get(StageNotes.OF_CONTAINER + figure))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    return all.length == 0 ? "" : Units.nanos(Median.of(all) * MILLIS);
  }
}
