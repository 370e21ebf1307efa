package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Style.Tone;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.RunResult.FixtureFacts;
import dev.grantstore.fixture.spec.Quantity;
import dev.grantstore.tool.ForeignText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** The lines before the tables: which grants, which engines, which machine, how measured. */
final class Preamble {
  private Preamble() {}

  static String render(RunResult result, Style style) {
    List<String> lines = new ArrayList<>();
    run(result, lines);
    fixtures(result, lines, style);
    result.engines().forEach(engine -> engine(engine, lines));
    machine(result.environment(), lines);
    MethodLines.add(result, lines);
    return String.join("\n", lines) + "\n";
  }

  /** Adds a line under its name; later lines of the same name are given an empty one. */
  static void add(List<String> lines, String name, String text) {
    lines.add(String.format(Locale.ROOT, "%-8s %s", name, ForeignText.line(text)));
  }

  private static void run(RunResult result, List<String> lines) {
    String tag = result.tag().isEmpty() ? "" : result.tag() + ", ";
    add(
        lines,
        "run",
        String.format(
            Locale.ROOT,
            "%s%s, took %s, storage-bench %s",
            tag,
            result.startedAt(),
            MethodLines.seconds(Duration.between(result.startedAt(), result.endedAt())),
            result.toolVersion()));
    if (!result.command().isEmpty()) {
      add(lines, "", "storage-bench " + String.join(" ", result.command()));
    }
  }

  private static void fixtures(RunResult result, List<String> lines, Style style) {
    List<FixtureFacts> fixtures = result.engines().stream().map(EngineResult::fixture).toList();
    if (fixtures.isEmpty()) {
      return;
    }
    boolean same = fixtures.stream().map(FixtureFacts::digest).distinct().count() == 1;
    for (FixtureFacts fixture : same ? fixtures.subList(0, 1) : fixtures) {
      add(
          lines,
          "fixture",
          String.format(
              Locale.ROOT,
              "%s grants, %s, sync %s, made by %s",
              Numbers.whole(fixture.grants()),
              fixture.origin(),
              fixture.syncId(),
              fixture.generator()));
      String equal = fixtures.size() > 1 && same ? ", the same in every engine" : "";
      add(lines, "", String.format(Locale.ROOT, "digest %s%s", fixture.digest(), equal));
    }
    if (!same) {
      lines.add(
          style.paint(
              Tone.BAD,
              "         the engines hold different grants: do not compare their figures"));
    }
  }

  private static void engine(EngineResult engine, List<String> lines) {
    add(
        lines,
        "engine",
        String.format(
            Locale.ROOT,
            "%s: %s, opened %s, cache %s asked for, durability %s",
            engine.name(),
            engine.facts().version(),
            engine.facts().openMode(),
            Quantity.formatBytes(engine.facts().cacheBytes()),
            engine.facts().durability()));
    FixtureFacts fixture = engine.fixture();
    add(
        lines,
        "",
        String.format(
            Locale.ROOT,
            "%s, created %s, loaded: %s",
            fixture.path(),
            fixture.createdAt(),
            fixture.load()));
    options("options", engine.facts().options(), lines);
    options("runs with", engine.facts().effectiveOptions(), lines);
  }

  private static void options(String start, SortedMap<String, String> options, List<String> lines) {
    if (options.isEmpty()) {
      return;
    }
    List<String> parts = new ArrayList<>();
    options.forEach((name, value) -> parts.add(name + "=" + value));
    Lines.wrapped(start, parts).forEach(line -> add(lines, "", line));
  }

  private static void machine(Environment machine, List<String> lines) {
    add(
        lines,
        "machine",
        String.format(
            Locale.ROOT,
            "%s, %d cores, %s memory (limits: memory %s, cores %s), governor %s",
            machine.cpu(),
            machine.cores(),
            Quantity.formatBytes(machine.memoryBytes()),
            machine.cgroupMemoryLimit(),
            machine.cgroupCpuLimit(),
            machine.governor()));
    add(
        lines,
        "",
        String.format(
            Locale.ROOT,
            "%s, load %s at the start, file system %s",
            machine.operatingSystem(),
            machine.loadAverage(),
            machine.fileSystem()));
    add(
        lines,
        "java",
        String.format(
            Locale.ROOT,
            "%s, heap up to %s, %s",
            machine.jvm(),
            Quantity.formatBytes(machine.maxHeapBytes()),
            String.join(" + ", machine.collectors())));
    if (!machine.jvmFlags().isEmpty()) {
      add(lines, "", "flags " + String.join(" ", machine.jvmFlags()));
    }
  }
}
