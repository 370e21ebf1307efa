package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.Measurement;
import dev.grantstore.bench.result.CellResult.KeyCount;
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
 */
public record Figures(
    KeyCount keys,
    boolean hasMisses,
    Measurement measurement,
    double harnessNanosPerOp,
    SortedMap<String, Double> more,
    SortedMap<String, String> notes) {}
