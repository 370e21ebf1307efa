package dev.grantstore.bench.environment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a container may take: version 2 of control groups first, then version 1. */
final class CgroupLimits {
  private static final String NONE = "none";

  /** Version 1 says "no limit" with a number of about this size. */
  private static final long UNLIMITED = 1L << 60;

  private final SystemFiles files;

  CgroupLimits(SystemFiles files) {
    this.files = files;
  }

  /** {@return bytes of memory, or {@code none}} */
  String memory() {
    return first("memory", List.of("memory.max", "memory.limit_in_bytes"))
        .filter(text -> text.matches("[0-9]{1,18}") && Long.parseLong(text) < UNLIMITED)
        .orElse(NONE);
  }

  /** {@return cores, or {@code none}} */
  String cpu() {
    Optional<String> version2 = first("cpu", List.of("cpu.max"));
    Optional<String> quota =
        version2.isPresent()
            ? version2
            : first("cpu", List.of("cpu.cfs_quota_us")).map(this::withPeriod);
    return quota
        .filter(text -> text.matches("[0-9]+ [0-9]+"))
        .map(CgroupLimits::cores)
        .orElse(NONE);
  }

  private String withPeriod(String quota) {
    return quota + " " + first("cpu", List.of("cpu.cfs_period_us")).orElse("100000");
  }

  private static String cores(String quotaAndPeriod) {
    String[] both = quotaAndPeriod.split(" ", 2);
    double cores = Double.parseDouble(both[0]) / Double.parseDouble(both[1]);
    return String.format(Locale.ROOT, "%.2f", cores);
  }

  /** The group's own folder first, then the top, which is what a container sees as its own. */
  private Optional<String> first(String controller, List<String> names) {
    return Stream.of(
            "sys/fs/cgroup" + path("0::"),
            "sys/fs/cgroup",
            "sys/fs/cgroup/" + controller + path(":" + controller + ":"),
            "sys/fs/cgroup/" + controller)
        .flatMap(folder -> names.stream().map(name -> folder + "/" + name))
        .flatMap(file -> files.text(file).stream())
        .findFirst();
  }

  private String path(String marker) {
    return files
        .text("proc/self/cgroup")
        .flatMap(text -> text.lines().filter(line -> line.contains(marker)).findFirst())
        .map(line -> line.substring(line.indexOf(marker) + marker.length()))
        .filter(path -> !path.equals("/"))
        .orElse("");
  }
}
