package dev.grantstore.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.testengine.Results;
import dev.grantstore.bench.testengine.Runs;
import dev.grantstore.bench.testengine.StagedResults;
import dev.grantstore.bench.testengine.WideResults;
import dev.grantstore.tool.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Golden files are rewritten by {@code -Drewrite=true}. */
final class ReportTest {
  /**
   * What is claimed is in the form for programs too, and is worked out anew by whoever reads it.
   */
  @Test
  void jsonHasTheVerdictsOfTheTables() throws IOException {
    RunResult result = Results.aResult();
    String json = Report.JSON.render(result);
    JsonNode verdicts = new ObjectMapper().readTree(json).path("verdicts");

    assertThat(verdicts).hasSize(4);
    assertThat(verdicts.get(1).path("question").asText()).isEqualTo("G2");
    assertThat(verdicts.get(1).path("engines"))
        .extracting(JsonNode::asText)
        .containsExactly("lmdb", "rocksdb");
    assertThat(verdicts.get(1).path("fastest").isNull()).as("three forks claim nothing").isTrue();
    assertThat(verdicts.get(1).path("lead").get(0).path("verdict").asText())
        .isEqualTo("INCONCLUSIVE");
    assertThat(ResultJson.decode(json)).isEqualTo(result);
    assertThat(ResultJson.decode(json.replace("INCONCLUSIVE", "WORSE"))).isEqualTo(result);
  }

  private static final Path GOLDEN = Path.of("src/test/resources/report");

  @Test
  void textIsAsInTheGoldenFile() throws IOException {
    assertGolden("full.txt", Report.TEXT.render(Results.aResult()));
  }

  @Test
  void textOfRareThingsIsAsInTheGoldenFile() throws IOException {
    assertGolden("wide.txt", Report.TEXT.render(WideResults.aWideResult()));
  }

  @Test
  void textOfWholeOperationsIsAsInTheGoldenFile() throws IOException {
    String text = Report.TEXT.render(staged(8, "G6", "G7", "G8", "G9", "G10x10"));

    assertGolden("stages.txt", text);
    assertThat(text)
        .contains("G6, G7, G8, G9, G10x10: 1 thread, warm; once, nothing before; seed 1.")
        .doesNotContain("left out, which took");
  }

  /** Whoever passes down to the same limit is not ahead, and no time is told of a way down. */
  @Test
  void smallestLimitThatPassesIsAnsweredAndTiesAreTies() {
    String text = Report.TEXT.render(staged(8, "G8"));

    assertThat(text)
        .contains("G8: rocksdb and lmdb pass down to the same limit, 512 MiB: a tie;")
        .contains("mvstore needs 2.00×")
        .doesNotContain("G8: rocksdb is fastest");
    assertThat(text.lines().filter(line -> line.matches("  rocksdb +- +- +512 +8 +tie .*")))
        .as("no rate, no interval of one, no mean")
        .hasSize(1);
    assertThat(Report.TEXT.render(staged(3, "G8")))
        .as("three forks say nothing of the third engine")
        .contains("G8: rocksdb and lmdb pass down to the same limit, 512 MiB: a tie.");
    assertThat(
            Report.TEXT.render(
                StagedResults.aRun()
                    .only("G8")
                    .forks(2)
                    .engine("rocksdb")
                    .engine("lmdb")
                    .limit("lmdb", 0, 0)
                    .limit("lmdb", 1, 0)
                    .result()))
        .contains("> 1024")
        .contains("a fork passed with none of the limits: lmdb")
        .doesNotContain("2048", "2.00×");
    assertThat(
            Report.TEXT.render(
                StagedResults.aRun()
                    .only("G8")
                    .engine("rocksdb")
                    .engine("lmdb")
                    .longer("lmdb", "G8", "all", 2)
                    .result()))
        .contains("G8: rocksdb needs least memory: it passes with 512 MiB.")
        .contains("lmdb needs 2.00×");
  }

  @Test
  void wholeOperationsStandOnThePageAsInTheText() {
    String page = HtmlReport.render(staged(8, "G9", "G10x10"));

    assertThat(page)
        .contains("Whole operations, stage by stage")
        .contains("resident memory of each store more")
        .contains("opened in 4\u00a0ms, all fields of all rows read in 30\u00a0ms");
    assertThat(page.split("The container alone", -1)).as("shown once").hasSize(2);
    assertThat(
            Report.TEXT.render(
                StagedResults.aRun()
                    .only("G10x10")
                    .forks(1)
                    .engine("rocksdb")
                    .longer("rocksdb", "G10x10", "resident", -1)
                    .result()))
        .contains("resident memory of each store more  not told apart from 0");
  }

  @Test
  void noWarmUpIsClaimedWhereThereWasNone() {
    RunResult before = StagedResults.aRun().only("G10x10").engine("rocksdb").ofBefore().result();

    assertThat(Report.TEXT.render(before))
        .contains("closed loop; no warm-up,")
        .doesNotContain("left out, which took");
  }

  private static RunResult staged(int forks, String... benchmarks) {
    return StagedResults.aRun()
        .only(benchmarks)
        .forks(forks)
        .engine("rocksdb")
        .engine("lmdb")
        .engine("mvstore")
        .longer("mvstore", "G8", "all", 2)
        .longer("lmdb", "G6", "ready", 3)
        .result();
  }

  @Test
  void textOfOneEngineAndOneForkIsAsInTheGoldenFile() throws IOException {
    assertGolden("small.txt", Report.TEXT.render(WideResults.aSmallResult()));
  }

  @Test
  void summaryIsAsInTheGoldenFile() throws IOException {
    assertGolden("summary.txt", Report.SUMMARY.render(Results.aResult()));
  }

  @Test
  void jsonIsTheResultModel() throws IOException {
    assertThat(ResultJson.decode(Report.JSON.render(Results.aResult())))
        .isEqualTo(Results.aResult());
  }

  @Test
  void resultWithoutCellsSaysSo() {
    RunResult empty = WideResults.anEmptyResult();

    assertThat(Report.TEXT.render(empty)).contains("nothing was measured", "interrupted");
    assertThat(Report.SUMMARY.render(empty)).contains("nothing was measured", "interrupted");
  }

  @Test
  void intervalsOfSixForksStandThereAndWhereTheyOverlapNoDifferenceIsClaimed() {
    RunResult run =
        Runs.aRun()
            .cell("rocksdb", "G2", 1000, 1010, 990, 1005, 995, 1002)
            .cell("lmdb", "G2", 1001, 1020, 990, 1006, 996, 1007)
            .result();

    assertThat(Report.TEXT.render(run)).contains(" .. ", "~1.00x", "~fastest", "~ not claimed");
  }

  @Test
  void openLoopsAreComparedByResponseTime() {
    RunResult run =
        Runs.aRun()
            .rate(500)
            .cell("rocksdb", "G2", 1000, 1010, 990, 1005, 995, 1002)
            .cell("lmdb", "G2", 4001, 4020, 3990, 4006, 3996, 4007)
            .result();

    assertThat(Report.TEXT.render(run)).contains("4.00x", "vs fastest: by response p99 ns of G2");
  }

  @Test
  void noIntervalStandsBesideFewerThanFiveForks() {
    assertThat(Report.TEXT.render(WideResults.aSmallResult()))
        .contains("n=1", "too few forks for intervals")
        .doesNotContain(" .. ");
  }

  @Test
  void nameCannotBreakLinesOrColourThem() {
    String text = Report.TEXT.render(WideResults.aHostileResult());
    String harmless = ForeignText.line(WideResults.HOSTILE).replaceAll("\\S", "x");

    assertThat(text).contains("\"a,b\"\\n\\u001b[31m").doesNotContain("\u001b");
    assertThat(text.lines().count())
        .isEqualTo(Report.TEXT.render(WideResults.aResultNaming(harmless)).lines().count());
  }

  @Test
  void colourChangesNoWord() {
    RunResult result = WideResults.aWideResult();
    String coloured = Report.TEXT.render(result, Style.COLOURED);
    RunResult claimed =
        Runs.aRun()
            .cell("rocksdb", "G2", 1000, 1010, 990, 1005, 995, 1002)
            .cell("lmdb", "G2", 4001, 4020, 3990, 4006, 3996, 4007)
            .result();

    assertThat(coloured).contains("\u001b[31mmissed").doesNotContain("\u001b[32mfastest");
    assertThat(Report.TEXT.render(claimed, Style.COLOURED)).contains("\u001b[32mfastest\u001b[0m");
    assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(Report.TEXT.render(result));
  }

  @Test
  void nullEngineIsNeverTheFastest() {
    assertThat(Report.TEXT.render(WideResults.aWideResult()))
        .containsPattern("  null +245,123 .* -  +4.08");
  }

  private static void assertGolden(String name, String text) throws IOException {
    Path file = GOLDEN.resolve(name);
    if (Boolean.getBoolean("rewrite")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }
}
