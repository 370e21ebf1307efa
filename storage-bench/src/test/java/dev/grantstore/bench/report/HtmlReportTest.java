package dev.grantstore.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.result.RunResult.EngineFacts;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.testengine.Results;
import dev.grantstore.bench.testengine.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class HtmlReportTest {
  @Test
  void sameResultGivesTheSamePage() {
    assertThat(HtmlReport.render(Results.aResult()))
        .isEqualTo(HtmlReport.render(Results.aResult()));
  }

  @Test
  void verdictSaysWhoByHowMuchAndHowSure() {
    PageText page = PageText.of(Variations.ofForks(6));

    assertThat(page.verdict("random get"))
        .isEqualTo(
            "random get G2 1 thread warm uniform keys closed loop lmdb is fastest."
                + " sure lmdb is 4.44× (4.44× to 4.44×) as fast as rocksdb"
                + " 918 ns against 4.08 µs; n = 6 forks; by p50 ns");
    assertThat(page.section("answer")).contains("Of 4 questions: ");
    assertThat(page.section("glance")).contains("1 (fastest)", "4.44×");
  }

  @Test
  void whatABenchmarkLooksAtStandsOnceUnderItsTitle() {
    String page = HtmlReport.render(Results.aResult());

    assertThat(page).containsOnlyOnce("Looks at: a whole Grant.");
    assertThat(page).containsOnlyOnce("Looks at: yes or no.");
    assertThat(page).doesNotContain("looks at");
  }

  @Test
  void nameOfAnEngineIsWholeOverItsRates() {
    String engine = "rocksdb?block_size=4096&max_open_files=8";
    RunResult run = Runs.aRun().cell(engine, "G2", 1000).result();
    String chart = RateChart.of(View.of(run).benchmarks().get(0), new Drawings(run)).render();

    assertThat(chart).contains(">rocksdb?block_size=4096&amp;max_open_files=8</text>");
    assertThat(chart).contains(">steady</text>");
  }

  @Test
  void fourForksAreTooFewToSay() {
    PageText page = PageText.of(Variations.ofForks(4));

    assertThat(page.verdict("random get"))
        .contains("there are too few forks to say", "too few forks to say lmdb is 4.44× as fast")
        .doesNotContain("4.62×", "likely", "95 % interval");
    assertThat(page.section("answer")).contains("Too few forks to say: fewer than 5");
  }

  @Test
  void oneForkIsTooFewToSay() {
    PageText page = PageText.of(Variations.ofForks(1));

    assertThat(page.verdict("random get"))
        .contains("there are too few forks to say", "too few forks to say lmdb is 4.44× as fast")
        .doesNotContain(" to 4.62×", "is fastest");
    assertThat(page.section("answer")).contains("Of 4 questions: 4 undecided.");
  }

  @Test
  void engineAloneIsComparedWithNothing() {
    RunResult result = Results.aResult();
    List<CellSeries> cells =
        result.cells().stream().filter(series -> series.engine().equals("lmdb")).toList();

    PageText page = PageText.of(Variations.with(result.engines(), cells, false));

    assertThat(page.verdict("random get"))
        .contains(
            "lmdb alone: 1.09 M ops/s (too few forks to say how far it scatters",
            "Nothing to compare it with.");
    assertThat(page.text()).doesNotContain("At a glance");
  }

  @Test
  void cellsThatWereCutShortDecideNothing() {
    assertThat(PageText.of(Variations.interrupted()).verdict("random get"))
        .contains(
            "too few forks to say", "Cut short: lmdb in 3 of 3 forks; rocksdb in 3 of 3 forks")
        .doesNotContain("is fastest");
  }

  @Test
  void equalEnginesShowNoDifference() {
    assertThat(PageText.of(Variations.allEqual()).verdict("random get"))
        .contains("is not told apart from lmdb", "no difference rocksdb is 1.000×");
  }

  @Test
  void enginesWithOtherGrantsAreNotCompared() {
    PageText page = PageText.of(Variations.digestsDiffer());

    assertThat(page.verdict("random get"))
        .contains("Not compared: the engines do not hold the same grants")
        .doesNotContain("as fast as");
  }

  @Test
  void engineWithoutTheFigureIsNamed() {
    RunResult half =
        Variations.withCells(
            series ->
                series.engine().equals("lmdb")
                    ? new CellSeries(
                        series.engine(),
                        series.benchmark(),
                        series.title(),
                        series.settings(),
                        series.forks(),
                        List.of())
                    : series);

    assertThat(PageText.of(half).verdict("random get"))
        .contains("rocksdb alone", "Not compared, because a fork has no such figure: lmdb.");
  }

  @Test
  void nullEngineIsNoContender() {
    RunResult result = Results.aResult();
    EngineResult engine = result.engines().get(1);
    EngineFacts facts =
        new EngineFacts("null", "1", "READ_ONLY", "WAL", 0, new TreeMap<>(), new TreeMap<>());
    List<EngineResult> engines = new ArrayList<>(result.engines());
    engines.set(1, new EngineResult("lmdb", facts, engine.fixture(), engine.disk(), null));

    PageText page = PageText.of(Variations.with(engines, result.cells(), false));

    assertThat(page.verdict("random get")).contains("rocksdb alone").doesNotContain("as fast as");
    assertThat(page.section("questions")).contains("The harness alone: 1.09 M ops/s.");
    assertThat(page.section("size")).doesNotContain("lmdb");
  }

  @Test
  void resultWithoutCellsSaysSo() {
    PageText page = PageText.of(Variations.empty());

    assertThat(page.text()).contains("Nothing was measured.", "Interrupted.");
  }

  @Test
  void wrongAnswersStandAboveEverything() {
    PageText page =
        PageText.of(
            Variations.withFailure(
                new CellFailure(
                    "lmdb", "G2", 1, CellFailure.Kind.WRONG_ANSWER, "expected 3 rows, found 2")));

    assertThat(page.text().indexOf("Wrong answers."))
        .isBetween(0, page.text().indexOf("Which engine is faster"));
    assertThat(page.verdict("random get"))
        .contains("lmdb gave a wrong answer in G2, round 2: expected 3 rows, found 2");
  }

  @Test
  void failuresAndWarningsAreListed() {
    assertThat(PageText.of(Results.aResult()).section("problems"))
        .contains(
            "Failure: sqlite is not available: no library for this platform",
            "Warning: G2 is not steady");
  }

  @Test
  void dearHarnessIsSaidBesideTheCell() {
    assertThat(PageText.of(Variations.harnessOf(5.5)).section("questions"))
        .contains("The harness itself takes 5.5 % of rocksdb's time here (35 ns per operation");
    assertThat(PageText.of(Variations.harnessOf(4.9)).section("questions"))
        .doesNotContain("The harness itself");
  }

  @Test
  void openLoopsAreComparedByResponseTime() {
    PageText page = PageText.of(Variations.openLoop());

    assertThat(page.verdict("random get, at 20 k ops/s"))
        .contains(
            "920 ns against 4.08 µs", "Could not keep up with the rate: lmdb in 3 of 3 forks");
    assertThat(page.section("questions"))
        .contains("Dashed: response time", "rows in an answer", "5,000 rows", "due and not begun");
    assertThat(HtmlReport.render(Variations.openLoop())).contains("class=\"curve dashed\"");
  }

  @Test
  void severalNumbersOfThreadsMakeAChart() {
    RunResult result = Results.aResult();
    List<CellSeries> cells = new ArrayList<>(result.cells());
    cells.addAll(Variations.onThreads(4).cells());

    PageText page = PageText.of(Variations.with(result.engines(), cells, false));

    assertThat(page.section("threads"))
        .contains(
            "random get: rate by number of threads", "rocksdb: 1 thread 245 k ops/s, 4 threads");
    assertThat(page.verdict("random get, 4 threads")).contains("as fast as");
  }

  @Test
  void pageTellsMachineMethodSizeAndCounters() {
    PageText page = PageText.of(Results.aResult());

    assertThat(page.section("method"))
        .contains(
            "3 JVMs for each engine and question; order: interleaved",
            "AMD EPYC",
            "OpenJDK 64-Bit Server VM",
            "block-bytes=16384",
            "digest",
            "256 MiB for cached blocks");
    assertThat(page.section("size")).contains("by_principal", "290 B/grant", "allocated blocks");
    assertThat(page.section("counters")).contains("25.0 %", "bytes.read");
  }
}
