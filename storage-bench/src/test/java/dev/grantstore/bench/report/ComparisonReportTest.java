package dev.grantstore.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.grantstore.bench.compare.Comparison;
import dev.grantstore.bench.compare.Gate;
import dev.grantstore.bench.compare.Limits;
import dev.grantstore.bench.compare.Terms;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.testengine.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden files are rewritten by {@code -Drewrite=true}. */
final class ComparisonReportTest {
  private static final Path GOLDEN = Path.of("src/test/resources/report");
  private static final double[] BASE = {1000, 1010, 990, 1005, 995, 1002};
  private static final double[] SLOWER = {1150, 1160, 1140, 1155, 1170, 1152};
  private static final double[] SCATTERED = {1000, 1300, 900, 1250, 870, 1100};
  private static final RunResult BEFORE =
      Runs.aRun().cell("rocksdb", "G2", BASE).cell("rocksdb", "G3", BASE).result();
  private static final RunResult AFTER =
      Runs.aRun().cell("rocksdb", "G2", SLOWER).cell("rocksdb", "G3", SCATTERED).result();

  @Test
  void gateOverSeparateRunsIsAsInTheGoldenFile() throws IOException {
    assertGolden("gate.txt", ComparisonReport.text(Gate.of(BEFORE, AFTER, Terms.USUAL)));
  }

  /** In the last lines, which a log ends with. */
  @Test
  void whyAGateCannotTellIsSaidOnce() {
    RunResult unclear = Runs.aRun().cell("rocksdb", "G2", SCATTERED).result();
    Gate gate = Gate.of(Runs.aRun().cell("rocksdb", "G2", BASE).result(), unclear, Terms.USUAL);
    RunResult few = Runs.aRun().cell("rocksdb", "G2", 1000, 1001).result();
    Terms rows = new Terms(Limits.USUAL, List.of(Metric.RESPONSE_P99_NANOS));

    assertThat(ComparisonReport.text(gate))
        .containsOnlyOnce("the interval is on both sides of the limit")
        .endsWith(
            """
            inconclusive: rocksdb G2 p50 ns: the interval is on both sides of the limit
            gate: inconclusive
            """);
    for (Gate none : List.of(Gate.of(few, few, Terms.USUAL), Gate.of(BEFORE, AFTER, rows))) {
      assertThat(ComparisonReport.text(none)).containsOnlyOnce("cannot claim anything:");
      assertThat(ComparisonReport.markdown(none)).containsOnlyOnce("cannot claim anything:");
    }
  }

  @Test
  void markdownSaysFirstWhatFollowsAndHidesNothing() {
    RunResult after = Runs.aRun().cell("rocksdb", "G2", SLOWER).result();
    Gate gate = Gate.of(BEFORE, AFTER, Terms.USUAL);
    String text = ComparisonReport.markdown(gate);

    assertThat(text.lines().toList())
        .startsWith("### gate: regression", "", "- worse: rocksdb G2 p50 ns", "")
        .contains(
            "| G2 | rocksdb | p50 ns | 1,001 | 1,154 | +15.2 % (+14.2 to +16.6) | 0.0043 | WORSE |");
    assertThat(ComparisonReport.markdown(Gate.of(BEFORE, after, Terms.USUAL)))
        .contains("note: the runs were not interleaved");
  }

  @Test
  void namesCannotBreakOutOfAMarkdownTable() {
    RunResult hostile = Runs.aRun().cell("a|b<img>`", "G2", BASE).result();

    assertThat(ComparisonReport.markdown(Gate.of(hostile, hostile, Terms.USUAL)))
        .contains("a\\|b\\<img\\>\\`")
        .doesNotContain("<img>");
  }

  @Test
  void comparisonOfTwoEnginesIsAsInTheGoldenFile() throws IOException {
    RunResult run =
        Runs.aRun()
            .cell("rocksdb", "G2", BASE)
            .cell("rocksdb#2", "G2", BASE)
            .cell("lmdb", "G2", SLOWER)
            .result();

    assertGolden(
        "compare.txt",
        ComparisonReport.text(Comparison.within(run, "rocksdb", "lmdb", Terms.USUAL)));
  }

  @Test
  void whatIsUnlikeStandsInTheFirstLine() {
    Comparison like = Comparison.of(BEFORE, AFTER, Terms.USUAL);
    Comparison unlike =
        new Comparison(
            like.first(),
            like.second(),
            false,
            List.of("cores: 2 against 64"),
            like.changes(),
            like.notComparable(),
            like.powerless(),
            like.notes());

    assertThat(ComparisonReport.text(unlike).lines().findFirst())
        .contains("UNLIKE, compared all the same: cores: 2 against 64");
  }

  @Test
  void whatCannotBeComparedAndWhatCannotBeClaimedIsSaid() throws IOException {
    Terms rows = new Terms(Limits.USUAL, List.of(Metric.RESPONSE_P99_NANOS));
    Comparison none = Comparison.of(BEFORE, AFTER, rows);

    assertThat(ComparisonReport.text(none))
        .contains("this comparison cannot claim anything: no figure can be compared")
        .contains("not comparable: rocksdb G2 response p99 ns: no such figure over 0 in every fork")
        .contains("of either");
    JsonNode root = new ObjectMapper().readTree(ComparisonReport.json(none));
    assertThat(root.at("/notComparable")).hasSize(2);
    assertThat(root.at("/powerless").asText()).contains("cannot claim anything");
  }

  @Test
  void jsonHasEveryChangeWithItsVerdict() throws IOException {
    String json = ComparisonReport.json(Gate.of(BEFORE, AFTER, Terms.USUAL));
    JsonNode root = new ObjectMapper().readTree(json);

    assertThat(root.at("/outcome").asText()).isEqualTo("REGRESSION");
    assertThat(root.at("/comparison/changes/0/verdict").asText()).isEqualTo("WORSE");
    assertThat(root.at("/comparison/changes/0/ratio/low").asDouble()).isBetween(1.1, 1.2);
    assertThat(root.at("/comparison/changes/0/limit/percent").asDouble()).isEqualTo(5);
    assertThat(json).endsWith("}\n");
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
