package dev.grantstore.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.HarnessCost;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellResult.RateSeries;
import dev.grantstore.bench.result.CellResult.Resources;
import dev.grantstore.bench.result.CellResult.Steadiness;
import dev.grantstore.bench.result.CellResult.Steadiness.Verdict;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.CellSeries.Fork;
import dev.grantstore.bench.result.StageNotes;
import dev.grantstore.bench.statistics.Estimates;
import dev.grantstore.bench.testengine.Results;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a run warns of, at both sides of each limit. */
final class WarningsTest {
  private static final CellSeries SERIES = Results.aResult().cells().get(2);
  private static final CellResult QUIET =
      with(SERIES.middle(), 0.5, 5, Verdict.STEADY, KeyCount.NONE, new TreeMap<>());

  @Test
  void whatIsWithinTheLimitsIsNotWarnedOf() {
    assertThat(warnings(QUIET)).isEmpty();
    assertThat(warnings(with(QUIET, 0.25, 5, Verdict.TOO_SHORT, KeyCount.NONE, new TreeMap<>())))
        .isEmpty();
  }

  @Test
  void aBusyMachineIsToldOnceForAllCells() {
    CellResult one = with(QUIET, 0.56, 1, Verdict.STEADY, KeyCount.NONE, new TreeMap<>());
    CellResult other = with(QUIET, 1.9, 1, Verdict.STEADY, KeyCount.NONE, new TreeMap<>());

    assertThat(warnings(one, QUIET, other))
        .containsExactly(
            "G2 on rocksdb; G2 on rocksdb: other processes kept 0.6 to 1.9 cores busy meanwhile");
    assertThat(warnings(other))
        .containsExactly("G2 on rocksdb: other processes kept 1.9 cores busy meanwhile");
  }

  @Test
  void aHarnessThatCostsTooMuchIsNamed() {
    assertThat(warnings(with(QUIET, 0, 5.01, Verdict.STEADY, KeyCount.NONE, new TreeMap<>())))
        .containsExactly(
            "G2 on rocksdb: the harness itself takes 5.0 % of the time (35 ns/op; limit 5 %)");
  }

  /** One fork of three is not what the table says of the cell, however its rate lies. */
  @Test
  void theHarnessIsJudgedByTheMiddleOfItsOwnFigure() {
    CellResult cheap = with(QUIET, 0, 1, Verdict.STEADY, KeyCount.NONE, new TreeMap<>());
    CellResult dear = with(QUIET, 0, 7, Verdict.STEADY, KeyCount.NONE, new TreeMap<>());

    assertThat(Warnings.of(List.of(series(cheap, dear, cheap)), 0)).isEmpty();
    assertThat(Warnings.of(List.of(series(dear, cheap, dear)), 0))
        .singleElement()
        .asString()
        .contains("takes 7.0 % of the time");
  }

  @Test
  void aRateThatIsNotSteadyIsNamed() {
    for (Verdict verdict : List.of(Verdict.DRIFTING, Verdict.UNEVEN)) {
      assertThat(warnings(with(QUIET, 0, 0, verdict, KeyCount.NONE, new TreeMap<>())))
          .singleElement()
          .asString()
          .contains("G2 on rocksdb is " + verdict.words(), "drift +1.2 %, spread 0.5 %");
    }
  }

  @Test
  void keysThatFitTheCacheAreNamed() {
    KeyCount few = new KeyCount(10_000, 5_000, 1_000_000);

    assertThat(warnings(with(QUIET, 0, 0, Verdict.STEADY, few, new TreeMap<>())))
        .containsExactly(
            "G2 on rocksdb: only 10,000 of 1,000,000 keys are asked for; answers come from cache",
            "G2 on rocksdb: only 5,000 misses are asked for; answers to them come from cache");
    assertThat(Warnings.of(List.of(series(withKeys(few))), 0)).isEmpty();
  }

  @Test
  void aWriterThatDidNotKeepUpIsNamed() {
    SortedMap<String, Double> figures = new TreeMap<>();
    figures.put("writer.dueGrantsPerSecond", 1_000.0);
    figures.put("writer.grantsPerSecond", 500.0);

    assertThat(warnings(with(QUIET, 0, 0, Verdict.STEADY, KeyCount.NONE, figures)))
        .singleElement()
        .asString()
        .startsWith("G2 on rocksdb: the writer managed 500 of 1,000 grants/s");
    figures.put("writer.grantsPerSecond", 1_000.0);
    assertThat(warnings(with(QUIET, 0, 0, Verdict.STEADY, KeyCount.NONE, figures))).isEmpty();
  }

  @Test
  void lessThanWasAskedForIsNamed() {
    CellResult fewer = with(QUIET, 0, 0, Verdict.STEADY, KeyCount.NONE, new TreeMap<>());
    fewer.notes().put(StageNotes.FEWER, "3 of 10 stores could be opened: too many open files");

    assertThat(warnings(fewer))
        .containsExactly("G2 on rocksdb: 3 of 10 stores could be opened: too many open files");
  }

  private static List<String> warnings(CellResult... cells) {
    return Warnings.of(List.of(cells).stream().map(cell -> series(cell)).toList(), 256 << 20);
  }

  private static CellResult withKeys(KeyCount keys) {
    return with(QUIET, 0, 0, Verdict.STEADY, keys, new TreeMap<>());
  }

  private static CellSeries series(CellResult... cells) {
    List<Fork> forks = new ArrayList<>();
    for (CellResult cell : cells) {
      forks.add(new Fork(forks.size(), forks.size(), Instant.EPOCH, cell));
    }
    return new CellSeries(
        SERIES.engine(),
        SERIES.benchmark(),
        SERIES.title(),
        cells[0].settings(),
        forks,
        Estimates.of(forks));
  }

  private static CellResult with(
      CellResult cell,
      double otherCores,
      double harnessPercent,
      Verdict rate,
      KeyCount keys,
      SortedMap<String, Double> figures) {
    Resources used = cell.resources();
    return new CellResult(
        cell.benchmark(),
        cell.title(),
        cell.settings(),
        false,
        cell.warmup(),
        keys,
        cell.outcomes(),
        null,
        new RateSeries("ops", List.of(1.0, 2.0), new Steadiness(rate, 1.2, 0.5)),
        new Resources(
            used.allocatedBytesPerOp(),
            used.threadCpuNanosPerOp(),
            used.processCpuNanosPerOp(),
            used.gcCount(),
            used.gcMillis(),
            used.peakRssBytes(),
            true,
            used.diskReadBytes(),
            used.diskWriteBytes(),
            otherCores),
        new HarnessCost(35, harnessPercent),
        cell.before(),
        cell.after(),
        figures,
        new TreeMap<>(cell.notes()),
        null);
  }
}
