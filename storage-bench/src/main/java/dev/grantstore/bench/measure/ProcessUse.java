package dev.grantstore.bench.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What the process used between two moments.
 *
 * @param cpuNanos CPU time of all its threads
 * @param gcCount garbage collections
 * @param gcMillis time in them
 * @param peakRssBytes the most memory that was resident; 0 where unknown
 * @param peakIsOfInterval whether that peak is of this interval, not of the whole process
 * @param diskReadBytes what it had read from the device; negative where unknown
 * @param diskWriteBytes what it had to be written to the device; negative where unknown
 * @param otherCpuCores how many cores others kept busy; negative where unknown
 */
public record ProcessUse(
    long cpuNanos,
    long gcCount,
    long gcMillis,
    long peakRssBytes,
    boolean peakIsOfInterval,
    long diskReadBytes,
    long diskWriteBytes,
    double otherCpuCores) {

  /**
   * {@return what was used in several intervals together: sums, the highest peak, and the mean of
   * what others kept busy; a figure that one of them does not know is unknown, but for the peak}
   *
   * @param intervals in any order
   */
  public static ProcessUse joined(List<ProcessUse> intervals) {
    return new ProcessUse(
        intervals.stream().mapToLong(ProcessUse::cpuNanos).sum(),
        intervals.stream().mapToLong(ProcessUse::gcCount).sum(),
        intervals.stream().mapToLong(ProcessUse::gcMillis).sum(),
        intervals.stream().mapToLong(ProcessUse::peakRssBytes).max().orElse(0),
        intervals.stream().allMatch(ProcessUse::peakIsOfInterval),
        sum(intervals, ProcessUse::diskReadBytes),
        sum(intervals, ProcessUse::diskWriteBytes),
        mean(intervals, ProcessUse::otherCpuCores));
  }

  private static double mean(List<ProcessUse> intervals, ToDoubleFunction<ProcessUse> figure) {
    boolean unknown = intervals.stream().anyMatch(use -> figure.applyAsDouble(use) < 0);
    return unknown ? -1 : intervals.stream().mapToDouble(figure).average().orElse(-1);
  }

  private static long sum(List<ProcessUse> intervals, ToLongFunction<ProcessUse> figure) {
    boolean unknown = intervals.stream().anyMatch(use -> figure.applyAsLong(use) < 0);
    return unknown ? -1 : intervals.stream().mapToLong(figure).sum();
  }
}
