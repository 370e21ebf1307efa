package dev.grantstore.bench.run;

import java.time.Instant;
import java.util.List;

/**
 * What frames a run: who asked for it, and when.
 *
 * @param toolVersion of storage-bench
 * @param tag a name that somebody gave the run, or empty
 * @param command the arguments
 * @param startedAt when it began
 */
public record RunFrame(String toolVersion, String tag, List<String> command, Instant startedAt) {
  /** Copies the list. */
  public RunFrame {
    command = List.copyOf(command);
  }
}
