package dev.grantstore.bench.run;

import dev.grantstore.bench.benchmark.Benchmark;
import dev.grantstore.bench.result.CellSettings;

/**
 * A cell that is still to be measured.
 *
 * @param benchmark what to do
 * @param settings how
 */
public record PlannedCell(Benchmark benchmark, CellSettings settings) {
  /** {@return what is asked and how, as results name it} */
  public String question() {
    return settings.question(benchmark.name());
  }
}
