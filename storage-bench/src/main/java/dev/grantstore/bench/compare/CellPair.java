package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.RunResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Two cells of the same question.
 *
 * @param first on the first side
 * @param second on the second side
 */
record CellPair(CellSeries first, CellSeries second) {

  /** {@return the cells that both runs have, of the same engine; without A/A repetitions} */
  static List<CellPair> sameEngines(RunResult first, RunResult second) {
    List<CellPair> pairs = new ArrayList<>();
    for (CellSeries cell : first.cells()) {
      if (!NoiseFloor.isAgain(cell.engine())) {
        NoiseFloor.cell(second, cell.engine(), cell.question())
            .ifPresent(other -> pairs.add(new CellPair(cell, other)));
      }
    }
    return pairs;
  }

  /** {@return the questions that both engines of a run answered} */
  static List<CellPair> ofEngines(RunResult run, String first, String second) {
    List<CellPair> pairs = new ArrayList<>();
    for (CellSeries cell : run.cells()) {
      if (cell.engine().equals(first)) {
        NoiseFloor.cell(run, second, cell.question())
            .ifPresent(other -> pairs.add(new CellPair(cell, other)));
      }
    }
    return pairs;
  }
}
