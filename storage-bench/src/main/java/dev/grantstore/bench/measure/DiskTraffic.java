package dev.grantstore.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What this process has moved between memory and the device so far, as Linux counts it: reads that
 * the system's cache answers are not in it, and writes are counted when a page becomes dirty.
 *
 * @param readBytes read from the device
 * @param writeBytes to be written to the device
 */
record DiskTraffic(long readBytes, long writeBytes) {

  /**
   * {@return the counters now; empty where the system does not count, or does not say}
   *
   * @param proc where its files are: {@code /proc}
   */
  static Optional<DiskTraffic> in(Path proc) {
    try {
      List<String> lines = Files.readAllLines(proc.resolve("self/io"));
      return Optional.of(new DiskTraffic(value(lines, "read_bytes"), value(lines, "write_bytes")));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** {@return how much one counter grew; negative where it is unknown} */
  static long since(Optional<DiskTraffic> start, Path proc, ToLongFunction<DiskTraffic> counter) {
    Optional<DiskTraffic> end = in(proc);
    if (start.isEmpty() || end.isEmpty()) {
      return -1;
    }
    return counter.applyAsLong(end.get()) - counter.applyAsLong(start.get());
  }

  private static long value(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + ": "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 2)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such counter: " + name));
  }
}
