package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.Metric;
import dev.grantstore.bench.result.RunResult;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Two builds measured in one run, their forks in turn: each engine is there as {@code
 * rocksdb@base}, which the build before measured, and as {@code rocksdb}.
 */
public final class Builds {
  /** Ends the name of an engine that the build before measured. */
  public static final String BASE = "@base";

  /** What forks that are stopped in between have no use for. */
  static final Set<Metric> BLURRED =
      EnumSet.of(Metric.OPS_PER_SECOND, Metric.ROWS_PER_SECOND, Metric.NANOS_PER_OP);

  private Builds() {}

  /**
   * {@return whether an engine was measured by the build before}
   *
   * @param engine its name
   */
  public static boolean isBase(String engine) {
    return engine.endsWith(BASE);
  }

  /**
   * {@return whether two builds were measured}
   *
   * @param run any
   */
  public static boolean areIn(RunResult run) {
    return run.engines().stream().anyMatch(engine -> isBase(engine.name()))
        || run.failures().stream().anyMatch(failure -> isBase(failure.engine()));
  }

  /**
   * {@return the name of the engine as this build measured it}
   *
   * @param engine its name, of either build
   */
  public static String now(String engine) {
    return isBase(engine) ? engine.substring(0, engine.length() - BASE.length()) : engine;
  }

  /** {@return the cells that both builds measured, the base's first} */
  static List<CellPair> pairs(RunResult run) {
    List<CellPair> pairs = new ArrayList<>();
    for (CellSeries cell : run.cells()) {
      if (isBase(cell.engine()) && !NoiseFloor.isAgain(cell.engine())) {
        NoiseFloor.cell(run, now(cell.engine()), cell.question())
            .ifPresent(now -> pairs.add(new CellPair(cell, now)));
      }
    }
    return pairs;
  }
}
