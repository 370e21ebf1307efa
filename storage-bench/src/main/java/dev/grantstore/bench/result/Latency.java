package dev.grantstore.bench.result;

/**
 * Service times of the operations of one outcome, in nanoseconds.
 *
 * <p>Service time: the loop is closed, the next operation starts when the one before has ended, so
 * waiting that an open system would have seen is not in it.
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
    long p50Nanos,
    long p90Nanos,
    long p99Nanos,
    long p999Nanos,
    long p9999Nanos,
    long maxNanos,
    String histogram) {}
