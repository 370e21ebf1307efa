package dev.grantstore.bench.experiment;

import dev.grantstore.bench.result.CellResult;
import dev.grantstore.bench.result.CellResult.HarnessCost;
import dev.grantstore.bench.result.CellResult.KeyCount;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellResult.Resources;
import dev.grantstore.bench.result.CellResult.Steadiness;
import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.StageNotes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/** What a reader should know of a cell before using its figures. */
final class Warnings {
  /** Others that keep this many cores busy are worth a line. */
  private static final double OTHER_CORES_LIMIT = 0.5;

  /** Below this share of its pace a writer has not kept up. */
  private static final double WRITER_LIMIT = 0.95;

  private final List<String> warnings = new ArrayList<>();
  private final List<String> disturbed = new ArrayList<>();
  private final DoubleSummaryStatistics otherCores = new DoubleSummaryStatistics();

  private Warnings() {}

  static List<String> of(List<CellSeries> cells, long cacheBytes) {
    Warnings all = new Warnings();
    for (CellSeries series : cells) {
      CellResult cell = series.middle();
      String name = series.question() + " on " + series.engine();
      all.rate(name, cell);
      all.harness(name, series);
      all.otherLoad(name, cell);
      all.misses(name, cell);
      all.cached(name, cell, cacheBytes);
      all.notCold(name, cell);
      all.writer(name, cell);
      all.fewer(name, cell);
    }
    all.otherLoad();
    return all.warnings;
  }

  private void warn(String format, Object... values) {
    warnings.add(String.format(Locale.ROOT, format, values));
  }

  private void rate(String name, CellResult cell) {
    Steadiness steadiness = cell.rate().steadiness();
    switch (steadiness.verdict()) {
      case DRIFTING, UNEVEN ->
          warn(
              "%s is %s (drift %+.1f %%, spread %.1f %%); warm up longer, or quieten the"
                  + " machine",
              name,
              steadiness.verdict().words(),
              steadiness.driftPercent(),
              steadiness.spreadPercent());
      case STEADY, TOO_SHORT -> {}
    }
  }

  /** By the fork in the middle of this figure, as the tables. */
  private void harness(String name, CellSeries series) {
    List<HarnessCost> costs =
        series.forks().stream()
            .map(fork -> fork.cell().harness())
            .sorted(Comparator.comparingDouble(HarnessCost::sharePercent))
            .toList();
    HarnessCost harness = costs.get(costs.size() / 2);
    if (harness.exceedsLimit()) {
      warn(
          "%s: the harness itself takes %.1f %% of the time (%.0f ns/op; limit %.0f %%)",
          name, harness.sharePercent(), harness.nanosPerOp(), HarnessCost.LIMIT_PERCENT);
    }
  }

  private void otherLoad(String name, CellResult cell) {
    Resources used = cell.resources();
    if (used.otherCpuCores() > OTHER_CORES_LIMIT) {
      disturbed.add(name);
      otherCores.accept(used.otherCpuCores());
    }
  }

  /** On a busy machine it is so of most cells: said once. */
  private void otherLoad() {
    if (!disturbed.isEmpty()) {
      String least = String.format(Locale.ROOT, "%.1f", otherCores.getMin());
      String most = String.format(Locale.ROOT, "%.1f", otherCores.getMax());
      warn(
          "%s: other processes kept %s cores busy meanwhile",
          String.join("; ", disturbed), least.equals(most) ? least : least + " to " + most);
    }
  }

  private void cached(String name, CellResult cell, long cacheBytes) {
    KeyCount keys = cell.keys();
    if (keys.fitsCache(cacheBytes)) {
      warn(
          "%s: only %,d of %,d keys are asked for; answers come from cache",
          name, keys.asked(), keys.present());
    }
    if (keys.missesFitCache(cacheBytes)) {
      warn(
          "%s: only %,d misses are asked for; answers to them come from cache",
          name, keys.missesAsked());
    }
  }

  private void notCold(String name, CellResult cell) {
    if (cell.settings().isCold() && cell.resources().diskReadBytes() == 0) {
      warn(
          "%s is not cold: nothing was read from the device; the pages were in memory all the"
              + " same, or this file system does not count",
          name);
    }
  }

  /** Readers beside a writer that writes less have less to bear. */
  private void writer(String name, CellResult cell) {
    Double due = cell.figures().get("writer.dueGrantsPerSecond");
    Double written = cell.figures().get("writer.grantsPerSecond");
    if (due != null && written != null && written < WRITER_LIMIT * due) {
      warn(
          "%s: the writer managed %,.0f of %,.0f grants/s, so its readers cannot be compared with"
              + " those of an engine whose writer kept up",
          name, written, due);
    }
  }

  private void fewer(String name, CellResult cell) {
    String less = cell.notes().get(StageNotes.FEWER);
    if (less != null) {
      warn("%s: %s", name, less);
    }
  }

  private void misses(String name, CellResult cell) {
    boolean wanted = cell.settings().missRatio() > 0 && cell.settings().missRatio() < 1;
    boolean apart = cell.outcomes().stream().map(Outcome::name).anyMatch("hit"::equals);
    boolean had = cell.outcomes().stream().map(Outcome::name).anyMatch("miss"::equals);
    if (wanted && apart && !had) {
      warn("%s: no misses were measured", name);
    }
  }
}
