package dev.grantstore.bench.measure;

import java.util.List;

/**
 * What the process used between two moments.
 *
 * @param cpuNanos CPU time of all its threads
 * @param gcCount garbage collections
 * @param gcMillis time in them
 * @param peakRssBytes the most memory that was resident; 0 where unknown
 * @param peakIsOfInterval whether that peak is of this interval, not of the whole process
 * @param otherCpuCores how many cores others kept busy; negative where unknown
 */
public record ProcessUse(
    long cpuNanos,
    long gcCount,
    long gcMillis,
    long peakRssBytes,
    boolean peakIsOfInterval,
    double otherCpuCores) {

  /**
   * {@return what was used in several intervals together: sums, the highest peak, and the mean of
   * what others kept busy}
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
        intervals.stream().mapToDouble(ProcessUse::otherCpuCores).average().orElse(-1));
  }
}
