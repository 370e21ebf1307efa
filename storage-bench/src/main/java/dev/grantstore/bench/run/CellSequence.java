package dev.grantstore.bench.run;

import dev.grantstore.bench.benchmark.Cell;
import dev.grantstore.bench.benchmark.Subject;
import dev.grantstore.bench.benchmark.SyncCheck;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellResult;
import dev.grantstore.fixture.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures cells, one after the other, on a store that is open. */
public final class CellSequence {
  private CellSequence() {}

  /**
   * Waits until the store has no work left, and compares the whole sync with the manifest.
   *
   * @param subject what is checked
   * @param halt ends the check
   * @param progress is told what goes on
   * @throws dev.grantstore.bench.benchmark.WrongAnswerException if any row is wrong
   */
  public static void check(Subject subject, Halt halt, Progress progress) {
    progress.phase("waiting for compaction", -1);
    Cell.settle(subject.store());
    if (!subject.isNull()) {
      progress.phase("comparing every row with the manifest", -1);
      SyncCheck.verify(subject, halt);
    }
  }

  /**
   * Measures cells.
   *
   * @param subject what is measured
   * @param cells in this order
   * @param halt ends the sequence; a cell that was cut short is kept if anything was measured
   * @param progress is told what goes on
   * @return the results, in order
   * @throws dev.grantstore.bench.benchmark.WrongAnswerException if any answer is wrong
   */
  public static List<CellResult> measure(
      Subject subject, List<PlannedCell> cells, Halt halt, Progress progress) {
    List<CellResult> results = new ArrayList<>();
    for (PlannedCell planned : cells) {
      if (halt.isRequested()) {
        break;
      }
      progress.phase(
          String.format(
              Locale.ROOT,
              "measuring %s (%s)",
              planned.benchmark().name(),
              planned.benchmark().title()),
          -1);
      CellResult result = Cell.measure(planned.benchmark(), subject, planned.settings(), halt);
      if (!result.outcomes().isEmpty()) {
        results.add(result);
      }
    }
    return results;
  }
}
