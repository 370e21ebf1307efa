package dev.grantstore.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringTokenizer;

/** Looks at the process and the machine at the start of an interval, and again at its end. */
public final class ProcessProbe {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Path PROC = Path.of("/proc");

  /** Linux counts the CPU time of the whole machine in hundredths of a second. */
  private static final long NANOS_PER_TICK = 10_000_000L;

  private final Path proc;
  private final boolean peakWasReset;
  private final long cpuNanos = SYSTEM.getProcessCpuTime();
  private final long gcCount = gcCount();
  private final long gcMillis = gcMillis();
  private final Optional<DiskTraffic> disk;
  private final OptionalLong busyTicks;
  private final long startedAt = System.nanoTime();

  private ProcessProbe(Path proc) {
    this.proc = proc;
    peakWasReset = resetPeak();
    disk = DiskTraffic.in(proc);
    busyTicks = busyTicks();
  }

  /** {@return a probe whose interval starts now} */
  public static ProcessProbe start() {
    return start(PROC);
  }

  /** {@return a probe of what a folder says, which has files as Linux has in {@code /proc}} */
  static ProcessProbe start(Path proc) {
    return new ProcessProbe(proc);
  }

  /** {@return what was used since the start} */
  public ProcessUse read() {
    long cpu = SYSTEM.getProcessCpuTime() - cpuNanos;
    return new ProcessUse(
        cpu,
        gcCount() - gcCount,
        gcMillis() - gcMillis,
        peakRssBytes(),
        peakWasReset,
        DiskTraffic.since(disk, proc, DiskTraffic::readBytes),
        DiskTraffic.since(disk, proc, DiskTraffic::writeBytes),
        otherCpuCores(cpu));
  }

  private double otherCpuCores(long ownCpuNanos) {
    OptionalLong now = busyTicks();
    long elapsed = System.nanoTime() - startedAt;
    if (now.isEmpty() || busyTicks.isEmpty() || elapsed <= 0) {
      return -1;
    }
    long busyNanos = (now.getAsLong() - busyTicks.getAsLong()) * NANOS_PER_TICK;
    return Math.max(0, (double) (busyNanos - ownCpuNanos) / elapsed);
  }

  private static long gcCount() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  private static long gcMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  /** Writing 5 there makes Linux forget the peak so far; elsewhere there is no such file. */
  private boolean resetPeak() {
    try {
      Files.writeString(proc.resolve("self/clear_refs"), "5");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private long peakRssBytes() {
    try {
      return Files.readAllLines(proc.resolve("self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * The first line of /proc/stat: {@code cpu user nice system idle iowait irq softirq steal ...}.
   */
  private OptionalLong busyTicks() {
    try {
      StringTokenizer fields = new StringTokenizer(Files.readString(proc.resolve("stat")));
      fields.nextToken();
      long ticks = 0;
      for (int i = 1; i <= 8; i++) {
        boolean idle = i == 4 || i == 5;
        long field = Long.parseLong(fields.nextToken());
        ticks += idle ? 0 : field;
      }
      return OptionalLong.of(ticks);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
