package dev.grantstore.bench.run;

import java.nio.file.Path;
import java.util.List;

/**
 * What a comparison of encodings is to do.
 *
 * @param fixture the fixture's folder
 * @param sampleGrants how many grants to measure at most; at least 1
 * @param scratchFolder an existing folder, where databases are made and removed
 * @param toolVersion of storage-bench
 * @param command the arguments it was called with
 */
public record EncodingPlan(
    Path fixture, int sampleGrants, Path scratchFolder, String toolVersion, List<String> command) {
  /** Checks the bound. */
  public EncodingPlan {
    if (sampleGrants < 1) {
      throw new IllegalArgumentException("sample must be at least 1: " + sampleGrants);
    }
    command = List.copyOf(command);
  }
}
