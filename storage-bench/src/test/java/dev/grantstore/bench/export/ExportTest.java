package dev.grantstore.bench.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.grantstore.bench.report.Report;
import dev.grantstore.bench.result.ResultFormatException;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.testengine.Results;
import dev.grantstore.bench.testengine.Runs;
import dev.grantstore.bench.testengine.WideResults;
import dev.grantstore.tool.ForeignText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden files are rewritten by {@code -Drewrite=true}. */
final class ExportTest {
  private static final Path GOLDEN = Path.of("src/test/resources/export");

  /** What JSONResultFormat of JMH 1.37 writes of a benchmark with parameters. */
  private static final List<String> JMH_FIELDS =
      List.of(
          "jmhVersion",
          "benchmark",
          "mode",
          "threads",
          "forks",
          "jvm",
          "jvmArgs",
          "jdkVersion",
          "vmName",
          "vmVersion",
          "warmupIterations",
          "warmupTime",
          "warmupBatchSize",
          "measurementIterations",
          "measurementTime",
          "measurementBatchSize",
          "params",
          "primaryMetric",
          "secondaryMetrics");

  private static final List<String> JMH_METRIC_FIELDS =
      List.of("score", "scoreError", "scoreConfidence", "scorePercentiles", "scoreUnit", "rawData");

  @Test
  void csvIsAsInTheGoldenFile() throws IOException {
    assertGolden("result.csv", Report.CSV.render(WideResults.aSmallResult()));
  }

  @Test
  void goTextIsAsInTheGoldenFile() throws IOException {
    assertGolden("result.go.txt", Report.GO.render(WideResults.aWideResult()));
  }

  @Test
  void jmhJsonIsAsInTheGoldenFile() throws IOException {
    assertGolden("result.jmh.json", Report.JMH.render(WideResults.aSmallResult()));
  }

  @Test
  void csvKeepsHostileNamesAndEveryForksFigure() throws IOException {
    List<CSVRecord> rows = csv(WideResults.aHostileResult());

    List<String> figures =
        rows.stream()
            .filter(row -> row.get("engine").equals(ForeignText.line(WideResults.HOSTILE)))
            .filter(row -> row.get("question").equals("G2"))
            .filter(row -> row.get("metric").equals("nanosPerOp"))
            .map(row -> row.get("round") + " " + row.get("outcome") + " " + row.get("value"))
            .toList();
    assertThat(figures).containsExactly("0 all 900.3", "1 all 918.3059999999999", "2 all 936.312");
  }

  @Test
  void csvMovesNoCursorAndIsNoFormula() {
    String csv = CsvForm.render(WideResults.aHostileResult());
    RunResult tagged = tagged("=HYPERLINK(\"x\")");

    assertThat(csv).doesNotContain("\u001b").contains("\\u001b[31m");
    assertThat(CsvForm.render(tagged)).contains("\"'=HYPERLINK").doesNotContain("\n=", ",=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=a", "+a", "-a", "@a"})
  void csvIsNoFormulaWhateverItBeginsWith(String engine) throws IOException {
    assertThat(csv(Runs.aRun().cell(engine, "G2", 1_000).result()))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.get("engine")).isEqualTo("'" + engine));
  }

  @Test
  void csvHasNoRowForWhatIsNotKnown() throws IOException {
    assertThat(csv(Results.aResult()))
        .filteredOn(row -> row.get("question").equals("G1"))
        .extracting(row -> row.get("metric"))
        .contains("latency.maxNanos", "diskReadBytes")
        .doesNotContain("latency.p50Nanos", "diskWriteBytes", "response.maxNanos");
  }

  @Test
  void logReadsBackWithTagsTimesAndCounts() {
    List<Histogram> histograms = log(WideResults.aWideResult());

    assertThat(histograms).hasSize(3 * 11 + 1 + 3 * 2);
    assertThat(histograms)
        .extracting(Histogram::getTag)
        .contains(
            "engine=rocksdb/question=G2/outcome=all/time=service",
            "engine=lmdb/question=G2_threads=2_zipf_rate=20000_s/outcome=all/time=response");
    Histogram first = histograms.get(0);
    assertThat(first.getTotalCount()).isEqualTo(6);
    assertThat(first.getMaxValue()).isBetween(5_990_000_000L, 6_010_000_000L);
    assertThat(first.getEndTimeStamp() - first.getStartTimeStamp()).isEqualTo(10_500);
    assertThat(first.getStartTimeStamp())
        .isEqualTo(Results.aResult().cells().get(0).forks().get(0).startedAt().toEpochMilli());
  }

  @Test
  void logOfHostileNamesReadsBack() {
    assertThat(log(WideResults.aHostileResult())).hasSize(3 * 8);
  }

  @Test
  void histogramThatDoesNotDecodeIsRefused() {
    String json = Report.JSON.render(Results.aResult()).replaceAll("\"HIST[^\"]*\"", "\"SGRy\"");

    assertThatThrownBy(() -> ResultJson.decode(json))
        .isInstanceOf(ResultFormatException.class)
        .hasMessageContaining("cells[0].forks[0].cell.outcomes[0].latency.histogram: is none");
  }

  @Test
  void jmhJsonHasTheFieldsOfJmhAndEveryForksScore() throws IOException {
    JsonNode entries = new ObjectMapper().readTree(JmhForm.render(WideResults.aHostileResult()));

    assertThat(entries).hasSize(8);
    for (JsonNode entry : entries) {
      assertThat(entry.fieldNames()).toIterable().containsExactlyElementsOf(JMH_FIELDS);
      assertThat(entry.get("primaryMetric").fieldNames())
          .toIterable()
          .containsExactlyElementsOf(JMH_METRIC_FIELDS);
      for (JsonNode metric : entry.get("secondaryMetrics")) {
        assertThat(metric.fieldNames()).toIterable().containsExactlyElementsOf(JMH_METRIC_FIELDS);
      }
    }
    JsonNode get = entries.get(3);
    assertThat(get.at("/benchmark").asText()).isEqualTo("dev.grantstore.bench.G2.all");
    assertThat(get.at("/params/engine").asText()).isEqualTo(WideResults.HOSTILE);
    assertThat(get.at("/primaryMetric/score").asDouble()).isEqualTo(918.3059999999999);
    assertThat(get.at("/primaryMetric/rawData").toString())
        .isEqualTo("[[900.3],[918.3059999999999],[936.312]]");
    assertThat(get.at("/primaryMetric/scoreConfidence/0").asText()).isEqualTo("NaN");
  }

  @Test
  void jmhScoreOfSixForksHasAnInterval() throws IOException {
    RunResult run = Runs.aRun().cell("rocksdb", "G2", 900, 910, 920, 930, 940, 950).result();
    JsonNode entry = new ObjectMapper().readTree(JmhForm.render(run)).get(0);

    assertThat(entry.at("/primaryMetric/scoreConfidence/0").asDouble()).isBetween(900.0, 920.0);
    assertThat(entry.at("/primaryMetric/scoreConfidence/1").asDouble()).isBetween(930.0, 950.0);
  }

  @Test
  void jmhScoreOfOneForkHasNoError() throws IOException {
    JsonNode entry = new ObjectMapper().readTree(JmhForm.render(WideResults.aSmallResult())).get(0);

    assertThat(entry.at("/primaryMetric/scoreError").asText()).isEqualTo("NaN");
    assertThat(entry.at("/primaryMetric/scoreConfidence/1").asText()).isEqualTo("NaN");
  }

  @Test
  void goTextHasALineForEachForkAndNamesWithoutBlanks() {
    List<String> lines =
        GoForm.render(WideResults.aHostileResult())
            .lines()
            .filter(line -> line.startsWith("Benchmark"))
            .toList();

    assertThat(lines).hasSize(3 * 8);
    assertThat(lines).allMatch(line -> line.matches("Benchmark\\S+-2 [0-9]+( [0-9.]+ \\S+)+"));
  }

  @ParameterizedTest
  @EnumSource(Report.class)
  void everyFormTakesAResultWithoutCells(Report form) {
    assertThat(form.render(WideResults.anEmptyResult())).endsWith("\n");
  }

  private static List<CSVRecord> csv(RunResult result) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(new StringReader(CsvForm.render(result)), format)) {
      assertThat(parser.getHeaderNames()).isEqualTo(CsvForm.HEADER);
      return parser.getRecords();
    }
  }

  private static List<Histogram> log(RunResult result) {
    byte[] bytes = HistogramLogForm.render(result).getBytes(StandardCharsets.UTF_8);
    List<Histogram> histograms = new ArrayList<>();
    try (HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(bytes))) {
      while (reader.hasNext()) {
        histograms.add((Histogram) reader.nextIntervalHistogram());
      }
    }
    return histograms;
  }

  private static void assertGolden(String name, String text) throws IOException {
    Path file = GOLDEN.resolve(name);
    if (Boolean.getBoolean("rewrite")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }

  private static RunResult tagged(String tag) {
    RunResult r = Results.aResult();
    return new RunResult(
        r.formatVersion(),
        r.toolVersion(),
        tag,
        r.command(),
        r.startedAt(),
        r.endedAt(),
        r.interrupted(),
        r.method(),
        r.environment(),
        r.engines(),
        r.cells(),
        r.failures(),
        r.warnings());
  }
}
