package dev.grantstore.bench.export;

import dev.grantstore.bench.export.Figures.Figure;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.tool.ForeignText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Comma-separated values, one number in a row: what a fork measured of a question on an engine.
 *
 * <p>Columns, as {@link #HEADER} names them:
 *
 * <ul>
 *   <li>{@code tag} of the run, {@code digest} of its grants, {@code engine} by its name in the run
 *   <li>{@code benchmark}; {@code question}, which is the benchmark with what is not as usual;
 *       {@code threads}, {@code distribution}, {@code temperature}, {@code ratePerSecond} (0 in a
 *       closed loop) and {@code missRatio}; all empty for what the store takes on disk and in
 *       memory
 *   <li>{@code outcome}; empty where a number belongs to all outcomes together
 *   <li>{@code metric} as the JSON form names it, {@code unit}, {@code value} with a point and all
 *       its digits
 *   <li>{@code round} of the run, from 0, and {@code position} of the fork in the order of the run
 * </ul>
 *
 * <p>A number that is not known has no row. Rows end with a line feed; fields with commas, quotes
 * or line ends are in double quotes, quotes doubled. What would move a cursor or end a line is
 * escaped in texts, and a text that a table calculation would take for a formula has an apostrophe
 * before it.
 */
public final class CsvForm {
  /** The names of the columns. */
  public static final List<String> HEADER =
      List.of(
          "tag",
          "digest",
          "engine",
          "benchmark",
          "question",
          "threads",
          "distribution",
          "temperature",
          "ratePerSecond",
          "missRatio",
          "outcome",
          "metric",
          "unit",
          "round",
          "position",
          "value");

  private CsvForm() {}

  /**
   * {@return the result as CSV, header first}
   *
   * @param result any
   */
  public static String render(RunResult result) {
    StringBuilder out = new StringBuilder();
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setHeader(HEADER.toArray(String[]::new))
            .setRecordSeparator("\n")
            .get();
    try (CSVPrinter printer = new CSVPrinter(out, format)) {
      for (CellSeries series : result.cells()) {
        for (Fork fork : series.forks()) {
          cell(result, series, fork, printer);
        }
      }
      for (EngineResult engine : result.engines()) {
        store(result, engine, printer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("text cannot be written", e);
    }
    return out.toString();
  }

  private static void cell(RunResult result, CellSeries series, Fork fork, CSVPrinter printer)
      throws IOException {
    CellSettings settings = series.settings();
    List<?> cell =
        List.of(
            word(series.benchmark()),
            word(series.question()),
            settings.threads(),
            settings.distribution().word(),
            settings.temperature().word(),
            Plain.number(settings.ratePerSecond()),
            Plain.number(settings.missRatio()));
    // An engine that is not known yet has no grants yet.
    String digest =
        result.engines().stream()
            .filter(engine -> engine.name().equals(series.engine()))
            .map(engine -> engine.fixture().digest())
            .findFirst()
            .orElse("");
    for (Figure figure : Figures.of(fork.cell())) {
      List<?> place = List.of(fork.round(), fork.position());
      row(List.of(result.tag(), digest, series.engine()), cell, figure, place, printer);
    }
  }

  private static void store(RunResult result, EngineResult engine, CSVPrinter printer)
      throws IOException {
    List<String> whose = List.of(result.tag(), engine.fixture().digest(), engine.name());
    for (Figure figure : Figures.of(engine)) {
      row(whose, Collections.nCopies(7, ""), figure, List.of("", ""), printer);
    }
  }

  private static void row(
      List<String> whose, List<?> cell, Figure figure, List<?> place, CSVPrinter printer)
      throws IOException {
    List<Object> row = new ArrayList<>();
    whose.forEach(text -> row.add(word(text)));
    row.addAll(cell);
    row.add(word(figure.outcome()));
    row.add(word(figure.metric()));
    row.add(figure.unit());
    row.addAll(place);
    row.add(Plain.number(figure.value()));
    printer.printRecord(row);
  }

  /** A table calculation would take what begins so for a formula. */
  private static String word(String text) {
    String line = ForeignText.line(text);
    return line.matches("[=+@-].*") ? "'" + line : line;
  }
}
