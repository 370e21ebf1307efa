package dev.grantstore.bench.result;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * One comparison of record encodings.
 *
 * @param formatVersion of this model, {@link #FORMAT_VERSION} when written by this code
 * @param toolVersion of storage-bench
 * @param command the arguments it was called with
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param fixture which grants
 * @param environment which machine
 * @param measuredGrants how many were measured
 * @param trainingGrants how many others the dictionaries were trained on
 * @param engineBytes what the measured grants take, each, when the engine of that name has loaded
 *     them itself: a check on the encoding {@code trimmed}
 * @param encodings the figures
 */
public record EncodingResult(
    int formatVersion,
    String toolVersion,
    List<String> command,
    Instant startedAt,
    Instant endedAt,
    FixtureFacts fixture,
    Environment environment,
    long measuredGrants,
    long trainingGrants,
    SortedMap<String, Double> engineBytes,
    List<EncodingFigures> encodings) {

  /** The version of this model. */
  public static final int FORMAT_VERSION = 1;

  /** Copies the lists. */
  public EncodingResult {
    command = List.copyOf(command);
    encodings = List.copyOf(encodings);
  }
}
