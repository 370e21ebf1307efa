package dev.grantstore.bench.benchmark;

import dev.grantstore.bench.measure.Measurement;
import java.util.SortedMap;

/**
 * What one benchmark measured.
 *
 * @param questions how many different questions it asked
 * @param hasMisses whether hits and misses are reported apart
 * @param measurement the loop's figures
 * @param harnessNanosPerOp CPU time of the same loop on a null engine
 * @param more further figures of this benchmark alone, unit in the name
 */
public record Figures(
    int questions,
    boolean hasMisses,
    Measurement measurement,
    double harnessNanosPerOp,
    SortedMap<String, Double> more) {}
