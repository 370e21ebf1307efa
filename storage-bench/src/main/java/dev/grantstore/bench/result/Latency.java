package dev.grantstore.bench.result;

import org.jspecify.annotations.Nullable;

/**
 * Service or response times of the operations of one outcome, in nanoseconds.
 *
 * <p>Service time: from the call to its answer, so waiting that an open system would have seen is
 * not in it. Response time: from the moment the operation was due.
 *
 * <p>A percentile that fewer than ten operations lie beyond is null: it would be one of the
 * longest, under another name.
 *
 * @param p50Nanos half of the operations took at most this
 * @param p90Nanos 90 % took at most this
 * @param p99Nanos 99 % took at most this
 * @param p999Nanos 99.9 % took at most this
 * @param p9999Nanos 99.99 % took at most this
 * @param maxNanos the longest, not rounded
 * @param histogram all of them: an HdrHistogram, V2, compressed, base64
 */
public record Latency(
    @Nullable Long p50Nanos,
    @Nullable Long p90Nanos,
    @Nullable Long p99Nanos,
    @Nullable Long p999Nanos,
    @Nullable Long p9999Nanos,
    long maxNanos,
    String histogram) {}
