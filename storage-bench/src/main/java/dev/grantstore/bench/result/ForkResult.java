package dev.grantstore.bench.result;

import dev.grantstore.bench.result.RunResult.DiskUse;
import dev.grantstore.bench.result.RunResult.EngineFacts;
import dev.grantstore.bench.result.RunResult.FixtureFacts;
import dev.grantstore.bench.result.RunResult.ResidentUse;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What one JVM measured, on one store. A run that claims anything starts a JVM, a fork, for each
 * cell; {@link RunResult} gathers the forks.
 *
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param interrupted whether somebody stopped it; the cells before that are whole
 * @param fixture which grants
 * @param engine which engine, how opened
 * @param environment which machine
 * @param disk what the store takes on disk
 * @param resident what it takes in memory; null where it was not measured
 * @param cells the figures, in the order asked for
 * @param counters what the engine counted in a pass that is not timed, by {@link
 *     CellResult#question}
 */
public record ForkResult(
    Instant startedAt,
    Instant endedAt,
    boolean interrupted,
    FixtureFacts fixture,
    EngineFacts engine,
    Environment environment,
    DiskUse disk,
    @Nullable ResidentUse resident,
    List<CellResult> cells,
    SortedMap<String, ReadCounters> counters) {

  /** Copies the list. */
  public ForkResult {
    cells = List.copyOf(cells);
    Bounds.recent("startedAt", startedAt);
    Bounds.recent("endedAt", endedAt);
  }
}
