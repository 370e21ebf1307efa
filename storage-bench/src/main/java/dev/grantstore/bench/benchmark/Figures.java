package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.Measurement;
import dev.grantstore.bench.measure.Tally;
import dev.grantstore.bench.result.CellResult.KeyCount;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * What one benchmark measured.
 *
 * @param keys how many different keys it asked for
 * @param hasMisses whether hits and misses are reported apart
 * @param measurement the loop's figures
 * @param harnessNanosPerOp CPU time of the same loop on a null engine
 * @param more further figures of this benchmark alone, unit in the name
 * @param notes further facts of this benchmark alone, in words
 * @param stages the stages of its operations by name, in their order, each an outcome of its own;
 *     none where an operation has no stages, and the loop's outcomes count
 */
public record Figures(
    KeyCount keys,
    boolean hasMisses,
    Measurement measurement,
    double harnessNanosPerOp,
    SortedMap<String, Double> more,
    SortedMap<String, String> notes,
    Map<String, Tally> stages) {
  /** Copies the map of the stages. */
  public Figures {
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
  }

  /** Creates figures of operations without stages. */
  public Figures(
      KeyCount keys,
      boolean hasMisses,
      Measurement measurement,
      double harnessNanosPerOp,
      SortedMap<String, Double> more,
      SortedMap<String, String> notes) {
    this(keys, hasMisses, measurement, harnessNanosPerOp, more, notes, Map.of());
  }
}
