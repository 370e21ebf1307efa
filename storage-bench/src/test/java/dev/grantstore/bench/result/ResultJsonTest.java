package dev.grantstore.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grantstore.bench.compare.Change;
import dev.grantstore.bench.compare.Comparison;
import dev.grantstore.bench.compare.Terms;
import dev.grantstore.bench.measure.Tally;
import dev.grantstore.bench.report.Report;
import dev.grantstore.bench.report.Style;
import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.testengine.Results;
import dev.grantstore.bench.testengine.StagedResults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResultJsonTest {
  @TempDir private Path folder;

  /** They were asked to warm up as all were, and never did: the same cell now. */
  @Test
  void warmUpThatNeverWasIsNoneInOlderResults() throws Exception {
    RunResult before = StagedResults.aRun().engine("rocksdb").ofBefore().result();
    String json =
        ResultJson.encode(before)
            .replaceAll("\"notApplicable\" : \\[ ?\\],?\\s*", "")
            .replace("\"formatVersion\" : " + RunResult.FORMAT_VERSION, "\"formatVersion\" : 5");

    RunResult read = ResultJson.decode(json);

    assertThat(read.cells())
        .filteredOn(cell -> cell.settings().warmup().isZero())
        .extracting(cell -> cell.benchmark())
        .containsExactly("G6", "G8", "G10x10");
    assertThat(read.cells())
        .filteredOn(cell -> cell.benchmark().equals("G7"))
        .flatExtracting(cell -> cell.estimates())
        .extracting(estimate -> estimate.metric())
        .as("what was counted otherwise then is not judged")
        .contains(Metric.NANOS_PER_OP)
        .doesNotContain(
            Metric.PEAK_RSS_BYTES, Metric.CPU_NANOS_PER_OP, Metric.ALLOCATED_BYTES_PER_OP);
    assertThat(read.cells())
        .allSatisfy(cell -> assertThat(cell.middle().settings()).isEqualTo(cell.settings()));
  }

  /** Of merges, saves and loads, of whichever size and kind; of others all is what it was. */
  @ParameterizedTest
  @CsvSource({
    "G7, G7",
    "G7, G7skew",
    "G7, G7x50",
    "G7, G7x500skew",
    "G7, G7base",
    "G7, G7rebuild",
    "G9, G9",
    "G6, G6",
    "G10x10, G10x10",
    "G10x10, G10"
  })
  void whatIsOfOtherStagesNowIsNotJudgedInOlderResults(String like, String name) throws Exception {
    String json =
        ResultJson.encode(StagedResults.aRun().only(like).engine("rocksdb").ofBefore().result())
            .replaceAll("\"notApplicable\" : \\[ ?\\],?\\s*", "")
            .replace('"' + like + '"', '"' + name + '"');
    String now = "\"formatVersion\" : " + RunResult.FORMAT_VERSION;
    ObjectNode told = (ObjectNode) new ObjectMapper().readTree(json);
    List<String> metrics = told.findValuesAsText("metric");

    RunResult read = ResultJson.decode(json.replace(now, "\"formatVersion\" : 5"));

    List<String> ofUse = List.of("PEAK_RSS_BYTES", "CPU_NANOS_PER_OP", "ALLOCATED_BYTES_PER_OP");
    assertThat(metrics).containsAll(ofUse);
    assertThat(read.cells().get(0).benchmark()).isEqualTo(name);
    assertThat(read.cells().get(0).estimates())
        .extracting(estimate -> estimate.metric().name())
        .containsExactlyElementsOf(
            metrics.stream()
                .filter(metric -> !name.matches("G[79].*") || !ofUse.contains(metric))
                .toList());
  }

  /** Twice the largest limit stood there, which nobody tried; of all forks, or of one. */
  @ParameterizedTest
  @CsvSource({"5, 1", "5, 8", "6, 1", "6, 8"})
  void noLimitThatPassedIsNoneInOlderResultsAndNotCompared(int version, int forks)
      throws Exception {
    StagedResults before = StagedResults.aRun().only("G8").engine("rocksdb").engine("lmdb");
    StagedResults after = StagedResults.aRun().only("G8").engine("rocksdb").engine("lmdb");
    for (int round = 0; round < forks; round++) {
      before.limit("rocksdb", round, 2048);
      after.limit("rocksdb", round, 0);
    }
    String json =
        ResultJson.encode(before.result())
            .replace(
                "\"formatVersion\" : " + RunResult.FORMAT_VERSION,
                "\"formatVersion\" : " + version);

    RunResult read = ResultJson.decode(json);

    CellSeries rocksdb = read.cells().get(0);
    assertThat(rocksdb.forks().subList(0, forks))
        .allSatisfy(
            fork ->
                assertThat(fork.cell().figures())
                    .containsEntry(CellResult.MORE_THAN, 1024.0)
                    .doesNotContainKey(CellResult.SMALLEST_LIMIT));
    assertThat(rocksdb.estimates()).noneMatch(one -> one.outcome().equals("all"));
    assertThat(read.cells().get(1).estimates())
        .filteredOn(one -> one.outcome().equals("all"))
        .extracting(CellSeries.Estimate::metric, CellSeries.Estimate::value)
        .containsExactly(tuple(Metric.SMALLEST_LIMIT_MIB, 512.0));
    assertThat(Report.TEXT.render(read, Style.PLAIN))
        .contains(forks == 8 ? "> 1024" : "> 1024 in 1/8")
        .doesNotContain("2,048", "2048");
    for (RunResult other : List.of(read, after.result())) {
      Comparison comparison = Comparison.of(read, other, Terms.USUAL);
      assertThat(comparison.changes())
          .extracting(Change::firstEngine, Change::name)
          .contains(tuple("lmdb", "G8"))
          .doesNotContain(tuple("rocksdb", "G8"));
    }
  }

  @Test
  void decodesWhatItEncoded() throws IOException {
    RunResult result = Results.aResult();

    assertThat(ResultJson.decode(ResultJson.encode(result))).isEqualTo(result);
  }

  @Test
  void truncatedTextIsRefused() {
    String json = ResultJson.encode(Results.aResult());

    assertThatThrownBy(() -> ResultJson.decode(json.substring(0, json.length() / 2)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void tooNewTooOldAndNotOursAreThreeMessages() {
    assertThat(refusal(withVersion("7")))
        .isEqualTo(
            "result is too new: it has format version 7, this program reads 3 to 6; use the"
                + " storage-bench that wrote it, or a newer one");
    assertThat(refusal(withVersion("2")))
        .isEqualTo(
            "result is too old: it has format version 2, this program reads 3 to 6; use the"
                + " storage-bench that wrote it");
    assertThat(refusal(withVersion("99999999999999999999"))).startsWith("result is too new");
    assertThat(refusal(withVersion("-1"))).startsWith("result is too old");
    assertThat(refusal(withVersion("\"4\""))).startsWith("not a result of storage-bench");
    assertThat(refusal("{\"a\":1}")).startsWith("not a result of storage-bench");
  }

  /** Resident memory came with version 4, and 95th percentiles; those are in the histograms. */
  @Test
  void resultsOfVersion3AreRead() throws IOException {
    RunResult now = Results.aResult();
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode old = (ObjectNode) mapper.readTree(withVersion("3"));
    old.get("engines").forEach(engine -> ((ObjectNode) engine).remove("resident"));
    old.findParents("p95Nanos").forEach(latency -> ((ObjectNode) latency).remove("p95Nanos"));
    assertThat(old.toString()).doesNotContain("p95Nanos", "resident");

    RunResult read = ResultJson.decode(mapper.writeValueAsString(old));

    assertThat(read.formatVersion()).isEqualTo(RunResult.FORMAT_VERSION);
    assertThat(read.engines()).extracting(EngineResult::resident).containsOnlyNulls();
    assertThat(read.cells()).hasSameSizeAs(now.cells());
    assertThat(Report.TEXT.render(read, Style.PLAIN)).contains("p95");
  }

  /** It had all that version 5 has, but for what is new in that. */
  @Test
  void resultsOfVersion4AreRead() throws IOException {
    RunResult read = ResultJson.decode(withVersion("4"));

    assertThat(read).isEqualTo(Results.aResult());
  }

  /** What was not asked stood in a warning then. */
  @Test
  void resultsOfVersion5AreRead() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode old = (ObjectNode) mapper.readTree(withVersion("5"));
    old.remove("notApplicable");

    assertThat(ResultJson.decode(mapper.writeValueAsString(old))).isEqualTo(Results.aResult());
  }

  @Test
  void percentileThatCameLaterIsTakenFromTheHistogram() throws IOException {
    Tally tally = new Tally();
    for (int i = 1; i <= 1_000; i++) {
      tally.record(i, 0);
    }
    Latency latency = tally.outcome("all", 1).latency();

    assertThat(latency.p95Nanos()).isEqualTo(950);
    assertThat(Latency.percentile(latency.times(), 95, latency.maxNanos())).isEqualTo(950);
    assertThat(Latency.percentile(latency.times(), 99.9, latency.maxNanos())).isNull();
  }

  @Test
  void twoResultsInOneFileAreRefused() {
    String json = ResultJson.encode(Results.aResult());

    assertThat(refusal(json + json)).contains("not a result of storage-bench", "a second value");
    assertThat(refusal(json + "x")).contains("not a result of storage-bench", "line ");
    assertThat(refusal(json.replaceFirst("\\{", "{ \"tag\": \"\",")))
        .contains("not a result of storage-bench", "field stands twice");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() throws IOException {
    Path file = folder.resolve("result.json");
    byte[] bytes = ResultJson.encode(Results.aResult()).getBytes(StandardCharsets.UTF_8);
    bytes[ResultJson.encode(Results.aResult()).indexOf("rocksdb")] = (byte) 0xff;
    Files.write(file, bytes);

    assertThatThrownBy(() -> ResultJson.read(file))
        .isInstanceOf(ResultFormatException.class)
        .hasMessageStartingWith(file + ": not a result of storage-bench: not valid UTF-8: line ");
  }

  @Test
  void emptyListOfForksIsNamed() throws IOException {
    ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(withVersion("4"));
    ((ObjectNode) tree.get("cells").get(1)).putArray("forks");

    assertThat(refusal(tree.toString())).isEqualTo("field cells[1].forks: must not be empty");
  }

  private static String withVersion(String version) {
    String json = ResultJson.encode(Results.aResult());
    String now = "\"formatVersion\" : " + RunResult.FORMAT_VERSION;
    assertThat(json).contains(now);
    return json.replace(now, "\"formatVersion\" : " + version);
  }

  private static String refusal(String json) {
    return String.valueOf(
        catchThrowableOfType(ResultFormatException.class, () -> ResultJson.decode(json))
            .getMessage());
  }

  @Test
  void textThatIsNoResultIsRefused() {
    assertThatThrownBy(() -> ResultJson.decode("")).isInstanceOf(ResultFormatException.class);
    assertThatThrownBy(() -> ResultJson.decode("[1]")).isInstanceOf(ResultFormatException.class);
    assertThatThrownBy(() -> ResultJson.decode("{\"formatVersion\": 3}"))
        .isInstanceOf(ResultFormatException.class);
  }

  @Test
  void missingFieldIsRefused() {
    String json = ResultJson.encode(Results.aResult()).replace("\"formatVersion\"", "\"other\"");

    assertThatThrownBy(() -> ResultJson.decode(json)).isInstanceOf(IOException.class);
  }

  @Test
  void savedFileReplacesTheOldOneAndNothingElseIsLeft() throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(file, "old");

    ResultJson.save(Results.aResult(), file);

    assertThat(ResultJson.decode(Files.readString(file))).isEqualTo(Results.aResult());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList()).isEqualTo(List.of(file));
    }
  }

  @Test
  void missingFolderIsRefused() {
    Path file = folder.resolve("no/such/result.json");

    assertThatThrownBy(() -> ResultJson.save(Results.aResult(), file))
        .isInstanceOf(NoSuchFileException.class);
  }
}
