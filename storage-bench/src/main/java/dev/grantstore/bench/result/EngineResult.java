package dev.grantstore.bench.result;

import org.jspecify.annotations.Nullable;

/**
 * One engine of a run, with the store it answered from.
 *
 * @param name of this engine in this run: its scheme, with its options if it has any
 * @param facts which engine, how opened
 * @param fixture which grants
 * @param disk what the store takes on disk
 * @param resident what it takes in memory; null where it was not measured: not on Linux, without
 *     forks, or before format version 4
 */
public record EngineResult(
    String name,
    EngineFacts facts,
    FixtureFacts fixture,
    DiskUse disk,
    @Nullable ResidentUse resident) {}
