package dev.grantstore.bench.result;

import java.time.Instant;
import java.util.List;

/**
 * One run: everything a reader needs to believe its figures, or to repeat it.
 *
 * @param formatVersion of this model, {@link #FORMAT_VERSION} when written by this code
 * @param toolVersion of storage-bench
 * @param command the arguments it was called with
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param interrupted whether somebody stopped it; the cells before that are whole
 * @param fixture which grants
 * @param engine which engine, how opened
 * @param environment which machine
 * @param disk what the store takes on disk
 * @param cells the figures, in the order asked for
 * @param warnings what a reader should know before using them
 */
public record RunResult(
    int formatVersion,
    String toolVersion,
    List<String> command,
    Instant startedAt,
    Instant endedAt,
    boolean interrupted,
    FixtureFacts fixture,
    EngineFacts engine,
    Environment environment,
    DiskUse disk,
    List<CellResult> cells,
    List<String> warnings) {

  /** The version of this model. */
  public static final int FORMAT_VERSION = 2;

  /** Copies the lists. */
  public RunResult {
    command = List.copyOf(command);
    cells = List.copyOf(cells);
    warnings = List.copyOf(warnings);
  }
}
