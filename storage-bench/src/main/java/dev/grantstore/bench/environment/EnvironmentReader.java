package dev.grantstore.bench.environment;

import dev.grantstore.bench.result.Environment;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryManagerMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Describes the machine and the Java this runs on. */
public final class EnvironmentReader {
  private static final String UNKNOWN = "unknown";

  private final SystemFiles files;

  /**
   * Creates a reader.
   *
   * @param root where {@code proc} and {@code sys} are found; {@code /} but for tests
   */
  public EnvironmentReader(Path root) {
    this.files = new SystemFiles(root);
  }

  /**
   * {@return the environment as of now}
   *
   * @param storeFolder whose file system is named; it or one above it exists
   */
  public Environment read(Path storeFolder) {
    CgroupLimits limits = new CgroupLimits(files);
    return new Environment(
        String.format(
            Locale.ROOT,
            "%s %s (%s)",
            System.getProperty("java.vm.name"),
            System.getProperty("java.vm.version"),
            System.getProperty("java.vendor")),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        collectors(),
        Runtime.getRuntime().maxMemory(),
        String.format(
            Locale.ROOT,
            "%s %s %s",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")),
        files.text("proc/version").orElse(UNKNOWN),
        files.field("proc/cpuinfo", "model name").orElse(UNKNOWN),
        Runtime.getRuntime().availableProcessors(),
        memoryBytes(),
        limits.memory(),
        limits.cpu(),
        files.text("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor").orElse("none"),
        loadAverage(),
        fileSystem(storeFolder));
  }

  private static List<String> collectors() {
    List<GarbageCollectorMXBean> beans = ManagementFactory.getGarbageCollectorMXBeans();
    return beans.stream().map(MemoryManagerMXBean::getName).toList();
  }

  private long memoryBytes() {
    return files
        .field("proc/meminfo", "MemTotal")
        .map(text -> text.replaceAll("[^0-9]", ""))
        .filter(digits -> !digits.isEmpty())
        .map(digits -> Long.parseLong(digits) << 10)
        .orElse(0L);
  }

  private String loadAverage() {
    return files
        .text("proc/loadavg")
        .map(text -> String.join(" ", List.of(text.split(" ")).subList(0, 3)))
        .orElse(UNKNOWN);
  }

  private static String fileSystem(Path folder) {
    for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
      try {
        if (Files.exists(at)) {
          return Files.getFileStore(at).type();
        }
      } catch (IOException e) {
        return UNKNOWN;
      }
    }
    return UNKNOWN;
  }
}
