package dev.grantstore.bench.result;

/**
 * What the operations used besides time.
 *
 * @param allocatedBytesPerOp Java heap allocated by the benchmark's threads, per operation
 * @param threadCpuNanosPerOp CPU time of the benchmark's threads, per operation
 * @param processCpuNanosPerOp CPU time of the whole process (collector, compiler, engine threads),
 *     per operation
 * @param gcCount garbage collections
 * @param gcMillis time in garbage collections
 * @param peakRssBytes the most memory that was resident, native memory included; 0 where unknown
 * @param peakRssIsOfCell whether that peak is of this cell; else it is of the process so far
 * @param diskReadBytes what the process had read from the device; negative where unknown
 * @param diskWriteBytes what the process had to be written to the device; negative where unknown
 * @param otherCpuCores how many cores other processes kept busy meanwhile; negative where unknown
 */
public record Resources(
    double allocatedBytesPerOp,
    double threadCpuNanosPerOp,
    double processCpuNanosPerOp,
    long gcCount,
    long gcMillis,
    long peakRssBytes,
    boolean peakRssIsOfCell,
    long diskReadBytes,
    long diskWriteBytes,
    double otherCpuCores) {
  /** Checks the bounds. */
  public Resources {
    Bounds.notNegative("allocatedBytesPerOp", allocatedBytesPerOp);
    Bounds.notNegative("threadCpuNanosPerOp", threadCpuNanosPerOp);
    Bounds.notNegative("processCpuNanosPerOp", processCpuNanosPerOp);
    Bounds.notNegative("gcCount", gcCount);
    Bounds.notNegative("gcMillis", gcMillis);
    Bounds.notNegative("peakRssBytes", peakRssBytes);
    Bounds.finite("otherCpuCores", otherCpuCores);
  }
}
