package dev.grantstore.bench.result;

import java.util.List;

/**
 * The machine and the Java it ran on. A text is {@code none} where there is no such thing, and
 * {@code unknown} where it cannot be read.
 *
 * @param jvm name, version and vendor
 * @param jvmFlags the flags it was started with
 * @param collectors the garbage collectors
 * @param maxHeapBytes the most heap it may take
 * @param operatingSystem name, version, architecture
 * @param kernel its release
 * @param cpu the processor's name
 * @param cores how many processors the JVM sees
 * @param memoryBytes memory of the machine; 0 where unknown
 * @param cgroupMemoryLimit bytes this process may take, or {@code none}
 * @param cgroupCpuLimit cores this process may use, or {@code none}
 * @param governor the processor's frequency governor
 * @param loadAverage of the last minute, five and fifteen, at the start
 * @param fileSystem type of the file system that holds the store
 */
public record Environment(
    String jvm,
    List<String> jvmFlags,
    List<String> collectors,
    long maxHeapBytes,
    String operatingSystem,
    String kernel,
    String cpu,
    int cores,
    long memoryBytes,
    String cgroupMemoryLimit,
    String cgroupCpuLimit,
    String governor,
    String loadAverage,
    String fileSystem) {
  /** Copies the lists and checks the bounds. */
  public Environment {
    jvmFlags = List.copyOf(jvmFlags);
    collectors = List.copyOf(collectors);
    Bounds.notNegative("maxHeapBytes", maxHeapBytes);
    Bounds.notNegative("cores", cores);
    Bounds.notNegative("memoryBytes", memoryBytes);
  }
}
