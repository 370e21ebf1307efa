package dev.grantstore.bench.report;

import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.DiskUse;
import dev.grantstore.bench.result.EngineFacts;
import dev.grantstore.bench.result.EngineResult;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.FixtureFacts;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.fixture.spec.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The lines before the tables: which grants, which engine, which machine, how measured. */
final class Preamble {
  private Preamble() {}

  static String render(RunResult result) {
    Environment machine = result.environment();
    List<String> lines = new ArrayList<>();
    for (EngineResult engine : result.engines()) {
      engine(engine, lines);
    }
    lines.add(
        "machine  %s, %d cores, %s memory (limits: memory %s, cores %s), governor %s"
            .formatted(
                machine.cpu(),
                machine.cores(),
                Quantity.formatBytes(machine.memoryBytes()),
                machine.cgroupMemoryLimit(),
                machine.cgroupCpuLimit(),
                machine.governor()));
    lines.add(
        "         %s, load %s at the start, file system %s"
            .formatted(machine.operatingSystem(), machine.loadAverage(), machine.fileSystem()));
    lines.add(
        "java     %s, heap up to %s, %s, flags %s"
            .formatted(
                machine.jvm(),
                Quantity.formatBytes(machine.maxHeapBytes()),
                String.join(" + ", machine.collectors()),
                machine.jvmFlags().isEmpty() ? "none" : String.join(" ", machine.jvmFlags())));
    result.cells().stream()
        .findFirst()
        .ifPresent(cell -> lines.add("method   " + method(cell.settings())));
    return String.join("\n", lines) + "\n";
  }

  private static void engine(EngineResult result, List<String> lines) {
    FixtureFacts fixture = result.fixture();
    EngineFacts engine = result.facts();
    lines.add("fixture  " + fixture.path());
    lines.add("         " + fixture.origin());
    lines.add(
        "         %s grants, sync %s, digest %s, made by %s"
            .formatted(
                Numbers.whole(fixture.grants()),
                fixture.syncId(),
                fixture.digest(),
                fixture.generator()));
    lines.add("         created %s, loaded: %s".formatted(fixture.createdAt(), fixture.load()));
    lines.add(
        "engine   %s (%s), opened %s, cache %s%s"
            .formatted(
                engine.scheme(),
                engine.version(),
                engine.openMode(),
                Quantity.formatBytes(engine.cacheBytes()),
                options(engine.options())));
    if (!engine.effectiveOptions().isEmpty()) {
      lines.add("         runs with " + engine.effectiveOptions());
    }
    lines.add("disk     " + disk(result.disk()));
  }

  private static String options(SortedMap<String, String> options) {
    return options.isEmpty() ? "" : ", options " + options;
  }

  private static String disk(DiskUse disk) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, Long> keyspace : disk.keyspaceBytes().entrySet()) {
      parts.add(keyspace.getKey() + " " + Quantity.formatBytes(keyspace.getValue()));
    }
    parts.add("other " + Quantity.formatBytes(disk.otherBytes()));
    return "%s closed (%s): %s; %s bytes/grant, space amplification %s"
        .formatted(
            Quantity.formatBytes(disk.bytes()),
            disk.method(),
            String.join(", ", parts),
            Numbers.oneDecimal(disk.bytesPerGrant()),
            disk.amplification() == 0 ? Numbers.NOTHING : Numbers.short3(disk.amplification()));
  }

  private static String method(CellSettings settings) {
    return ("closed loop, service times; threads %d, warm-up %s s left out, measured %s s, seed %d;"
            + " every answer checked")
        .formatted(
            settings.threads(),
            seconds(settings.warmup()),
            seconds(settings.duration()),
            settings.seed());
  }

  private static String seconds(Duration duration) {
    return Numbers.short3(duration.toMillis() / 1e3);
  }
}
