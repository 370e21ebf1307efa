package dev.grantstore.bench.report.html;

import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.RunResult.Method;
import dev.grantstore.bench.statistics.Bootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How it was measured, of which grants, by which engines, on which machine. */
final class MethodSection {
  private final RunResult result;
  private final Marks marks;
  private final List<Question> questions;

  MethodSection(RunResult result, Marks marks, List<Question> questions) {
    this.result = result;
    this.marks = marks;
    this.questions = questions;
  }

  Element render() {
    return Element.of("section")
        .with("id", "method")
        .with("aria-labelledby", "method-title")
        .add(Element.of("h2", "How it was measured").with("id", "method-title"))
        .add(method())
        .addAll(result.engines().isEmpty() ? List.of() : List.of(engines(), fixtures()))
        .add(machine())
        .add(command());
  }

  private Element method() {
    Method method = result.method();
    Element list = Element.of("ul");
    String forks =
        method.forks() == 0
            ? "One JVM measured everything, so nothing here says how much JVMs differ."
            : String.format(
                Locale.ROOT,
                "%s for each engine and question; order: %s. A fork that does not answer within %s is ended.",
                Units.count(method.forks(), "JVM"),
                method.order(),
                Units.time(method.cellTimeout()));
    List<String> lines = new ArrayList<>();
    lines.add(forks);
    lines.add(
        String.format(
            Locale.ROOT,
            "Figures are medians of forks; intervals hold the true median in %.0f of 100 runs like"
                + " this (percentile bootstrap, forks drawn with replacement).",
            Bootstrap.CONFIDENCE_PERCENT));
    lines.add(
        String.format(
            Locale.ROOT,
            "Every engine has %s for cached blocks, and writes with durability %s.",
            Units.bytes(method.cacheBytes()),
            method.durability()));
    lines.add("Every answer was compared with the fixture, outside the time measured.");
    lines.add(
        "A closed loop asks again when it has its answer, and has service times alone; an open loop"
            + " asks at times fixed beforehand, and its response time has the waiting in it.");
    lines.add(
        "Cold: a new process, an empty block cache, the files' pages dropped from the system's"
            + " cache, no warm-up. Warm: what the warm-up left in memory.");
    lines.addAll(settings());
    lines.forEach(line -> list.add(Element.of("li", line)));
    return list;
  }

  /** {@return for each way of measuring, which questions were measured so} */
  private List<String> settings() {
    return questions.stream()
        .collect(
            Collectors.groupingBy(
                question -> words(question.settings()),
                LinkedHashMap::new,
                Collectors.mapping(Question::name, Collectors.joining(", "))))
        .entrySet()
        .stream()
        .map(entry -> String.format(Locale.ROOT, "%s: %s", entry.getValue(), entry.getKey()))
        .toList();
  }

  private static String words(CellSettings settings) {
    String longer =
        settings.mostWarmup().equals(settings.warmup())
            ? ""
            : String.format(
                Locale.ROOT,
                ", up to %s until the rate is steady",
                Units.time(settings.mostWarmup()));
    String warmup =
        settings.warmup().isZero()
            ? "no warm-up"
            : String.format(Locale.ROOT, "warm-up of %s%s", Units.time(settings.warmup()), longer);
    String misses =
        settings.missRatio() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "; %s of the questions without an answer",
                Units.percent(100 * settings.missRatio()));
    return String.format(
        Locale.ROOT,
        "%s, measured for %s; seed %d%s.",
        warmup,
        Units.time(settings.duration()),
        settings.seed(),
        misses);
  }

  private Element engines() {
    Table table =
        Table.byEngine(
            "Engines", "", result.engines().stream().map(engine -> engine.name()).toList(), marks);
    table.row("version", each(engine -> engine.facts().version()));
    table.row("opened", each(engine -> engine.facts().openMode()));
    table.row("durability in scratch stores", each(engine -> engine.facts().durability()));
    table.row("memory for cached blocks", each(engine -> Units.bytes(engine.facts().cacheBytes())));
    table.row("options given", each(engine -> options(engine.facts().options())));
    table.row("runs with", each(engine -> options(engine.facts().effectiveOptions())));
    return table.render();
  }

  private Element fixtures() {
    Table table =
        Table.byEngine(
            "Grants", "", result.engines().stream().map(engine -> engine.name()).toList(), marks);
    table.row("grants", each(engine -> Units.count(engine.fixture().grants(), "grant")));
    table.row("digest (equal: the same grants)", each(engine -> engine.fixture().digest()));
    table.row("origin", each(engine -> engine.fixture().origin()));
    table.row("sync", each(engine -> engine.fixture().syncId()));
    table.row("made by", each(engine -> engine.fixture().generator()));
    table.row("made at", each(engine -> engine.fixture().createdAt().toString()));
    table.row("loaded", each(engine -> engine.fixture().load()));
    table.row("folder", each(engine -> engine.fixture().path()));
    return table.render();
  }

  private Element machine() {
    Environment machine = result.environment();
    Table table = new Table("Machine and Java", List.of("", "value"));
    table.row("processor", List.of(machine.cpu()));
    table.row("cores", List.of(Units.count(machine.cores(), "core")));
    table.row(
        "memory",
        List.of(machine.memoryBytes() == 0 ? "unknown" : Units.bytes(machine.memoryBytes())));
    table.row("memory limit (cgroup)", List.of(machine.cgroupMemoryLimit()));
    table.row("core limit (cgroup)", List.of(machine.cgroupCpuLimit()));
    table.row("frequency governor", List.of(machine.governor()));
    table.row("load at the start (1, 5, 15 min)", List.of(machine.loadAverage()));
    table.row("operating system", List.of(machine.operatingSystem()));
    table.row("kernel", List.of(machine.kernel()));
    table.row("file system", List.of(machine.fileSystem()));
    table.row("Java", List.of(machine.jvm()));
    table.row(
        "JVM flags",
        List.of(machine.jvmFlags().isEmpty() ? "none" : String.join(" ", machine.jvmFlags())));
    table.row("most heap", List.of(Units.bytes(machine.maxHeapBytes())));
    table.row("garbage collectors", List.of(String.join(", ", machine.collectors())));
    return table.render();
  }

  private Element command() {
    return Element.of("p")
        .text("Arguments: ")
        .add(Element.of("code", String.join(" ", result.command())));
  }

  private static String options(Map<String, String> options) {
    return options.isEmpty()
        ? Units.NOTHING
        : options.entrySet().stream()
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining(", "));
  }

  private List<String> each(Function<EngineResult, String> words) {
    return result.engines().stream().map(words).toList();
  }
}
