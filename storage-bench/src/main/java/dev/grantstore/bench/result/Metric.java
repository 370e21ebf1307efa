package dev.grantstore.bench.result;

import dev.grantstore.bench.result.CellResult.Latency;
import dev.grantstore.bench.result.CellResult.Outcome;
import dev.grantstore.bench.result.CellResult.Resources;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A figure that forks are compared by. */
public enum Metric {
  /** Operations per second, all threads. */
  OPS_PER_SECOND("ops/s", true),
  /** Rows per second, all threads. */
  ROWS_PER_SECOND("rows/s", true),
  /** Mean service time. */
  NANOS_PER_OP("ns/op", false),
  /** Median service time. */
  P50_NANOS("p50 ns", false),
  /** Service time that 95 % do not exceed. */
  P95_NANOS("p95 ns", false),
  /** Service time that 99 % do not exceed. */
  P99_NANOS("p99 ns", false),
  /** Service time that 99.9 % do not exceed. */
  P999_NANOS("p99.9 ns", false),
  /** Median response time; open loops only. */
  RESPONSE_P50_NANOS("response p50 ns", false),
  /** Response time that 95 % do not exceed; open loops only. */
  RESPONSE_P95_NANOS("response p95 ns", false),
  /** Response time that 99 % do not exceed; open loops only. */
  RESPONSE_P99_NANOS("response p99 ns", false),
  /** CPU time of the asking threads, over all outcomes of the cell. */
  CPU_NANOS_PER_OP("CPU ns/op", false),
  /** Java heap that the asking threads allocate, over all outcomes of the cell. */
  ALLOCATED_BYTES_PER_OP("alloc B/op", false),
  /** The most memory that was resident. */
  PEAK_RSS_BYTES("peak RSS B", false),
  /** Memory of each store more, where many are open; of the outcome {@code open} of G10 only. */
  RESIDENT_BYTES_PER_STORE("resident B/store", false),
  /** The smallest limit with which the work was done; of the outcome {@code all} of G8 only. */
  SMALLEST_LIMIT_MIB("smallest limit MiB", false);

  private final String unit;
  private final boolean higherIsBetter;

  Metric(String unit, boolean higherIsBetter) {
    this.unit = unit;
    this.higherIsBetter = higherIsBetter;
  }

  /** {@return what its numbers count} */
  public String unit() {
    return unit;
  }

  /** {@return the direction: whether a store is better when the figure is higher} */
  public boolean higherIsBetter() {
    return higherIsBetter;
  }

  /**
   * {@return the figure of one fork, where it has one} The outcome {@code all} of G8 has its limit
   * alone, for the time of a way down depends on where it ends; and what others of its outcomes
   * used, JVMs of their own did.
   *
   * @param cell what the fork measured
   * @param outcome one of its outcomes
   */
  public OptionalDouble of(CellResult cell, Outcome outcome) {
    Resources used = cell.resources();
    if (cell.isOfLimits() && !isOfLimits(outcome)) {
      return OptionalDouble.empty();
    }
    return switch (this) {
      case OPS_PER_SECOND -> OptionalDouble.of(outcome.opsPerSecond());
      case ROWS_PER_SECOND -> positive(outcome.rowsPerSecond());
      case NANOS_PER_OP -> OptionalDouble.of(outcome.nanosPerOp());
      case P50_NANOS -> whole(outcome.latency().p50Nanos());
      case P95_NANOS -> whole(outcome.latency().p95Nanos());
      case P99_NANOS -> whole(outcome.latency().p99Nanos());
      case P999_NANOS -> whole(outcome.latency().p999Nanos());
      case RESPONSE_P50_NANOS -> response(outcome, Latency::p50Nanos);
      case RESPONSE_P95_NANOS -> response(outcome, Latency::p95Nanos);
      case RESPONSE_P99_NANOS -> response(outcome, Latency::p99Nanos);
      case CPU_NANOS_PER_OP -> OptionalDouble.of(used.threadCpuNanosPerOp());
      case ALLOCATED_BYTES_PER_OP -> OptionalDouble.of(used.allocatedBytesPerOp());
      case PEAK_RSS_BYTES -> positive((double) used.peakRssBytes());
      case RESIDENT_BYTES_PER_STORE ->
          outcome.name().equals("open") && cell.figures().containsKey(StageNotes.RESIDENT_PER_STORE)
              ? OptionalDouble.of(1024 * cell.figures().get(StageNotes.RESIDENT_PER_STORE))
              : OptionalDouble.empty();
      case SMALLEST_LIMIT_MIB ->
          outcome.name().equals("all")
              ? positive(cell.figures().getOrDefault(CellResult.SMALLEST_LIMIT, 0.0))
              : OptionalDouble.empty();
    };
  }

  /** {@return whether an outcome of a way down limits has this figure} */
  private boolean isOfLimits(Outcome outcome) {
    boolean isOfJvm =
        this == CPU_NANOS_PER_OP || this == ALLOCATED_BYTES_PER_OP || this == PEAK_RSS_BYTES;
    return outcome.name().equals("all") ? this == SMALLEST_LIMIT_MIB : !isOfJvm;
  }

  private static OptionalDouble response(Outcome outcome, Percentile percentile) {
    Latency response = outcome.response();
    return response == null ? OptionalDouble.empty() : whole(percentile.of(response));
  }

  /** Takes a percentile, which may not be known, from the distribution. */
  private interface Percentile {
    @Nullable Long of(Latency latency);
  }

  private static OptionalDouble positive(double value) {
    return value > 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private static OptionalDouble whole(@Nullable Long value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of((double) value);
  }
}
