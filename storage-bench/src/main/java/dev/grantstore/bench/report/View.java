package dev.grantstore.bench.report;

import dev.grantstore.bench.compare.Builds;
import dev.grantstore.bench.compare.Limits;
import dev.grantstore.bench.report.Table.Row;
import dev.grantstore.bench.result.CellResult.WarmUp;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.RunResult.Method;
import dev.grantstore.bench.result.RunResult.NotApplicable;
import dev.grantstore.bench.statistics.Bootstrap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A result as people read it, made once: figures and facts in tables, and sentences. {@link
 * TextReport} and {@link HtmlReport} lay it out.
 *
 * @param result all of it
 * @param benchmarks what was measured
 */
record View(RunResult result, List<Benchmark> benchmarks) {
  static View of(RunResult result) {
    return new View(result, Benchmark.of(result));
  }

  /** {@return the benchmarks with their settings, where outcomes are not apart} */
  List<Benchmark> cells() {
    return benchmarks.stream().filter(Benchmark::isFirst).toList();
  }

  /** {@return whether it made sense to ask an engine what a lead is about} */
  boolean isApplicable(Lead lead, String engine) {
    return result.notApplicable().stream()
        .noneMatch(
            what ->
                what.engine().equals(engine) && what.question().equals(lead.benchmark().cell()));
  }

  /** {@return who is ahead in each benchmark} */
  List<Lead> leads() {
    return benchmarks.stream().map(Lead::of).toList();
  }

  /** {@return G6 to G10, stage by stage} */
  List<StageTable> stages() {
    return StageTable.of(benchmarks);
  }

  /** {@return what is said of who is ahead, and when} */
  String legend() {
    boolean ofBuilds = Builds.areIn(result);
    long pairs = benchmarks.stream().mapToLong(each -> each.standing().pairs(ofBuilds)).sum();
    return String.format(
        Locale.ROOT,
        "Engines are compared by one figure for each question, round by round. Sure: the whole"
            + " %.0f %% interval of the ratio lies beyond %s (and beyond the noise floor, where one"
            + " was measured), and p, corrected for the %s compared in this run, is below 0.05."
            + " Taken alone: it would be so if no other pair had been compared. No difference: the"
            + " whole interval lies within %s. Not told apart: neither. Too few forks to say:"
            + " fewer than %d, or one was cut short.",
        Bootstrap.CONFIDENCE_PERCENT,
        Limits.USUAL_LIMIT,
        Units.count(pairs, "pair"),
        Limits.USUAL_LIMIT,
        Bootstrap.LEAST_VALUES);
  }

  /** {@return how long the run took} */
  Duration took() {
    return Duration.between(result.startedAt(), result.endedAt());
  }

  /** {@return how it was measured} */
  List<String> method() {
    Method method = result.method();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        method.forks() == 0
            ? "One JVM measured everything, so nothing here says how much JVMs differ."
            : String.format(
                Locale.ROOT,
                "%s for each engine and question; order: %s. A fork that does not answer within %s"
                    + " is ended.",
                Units.count(method.forks(), "JVM"),
                method.order(),
                Units.time(method.cellTimeout())));
    sentences.add(
        String.format(
            Locale.ROOT,
            "Every engine has %s for cached blocks, and writes with durability %s. Every answer was"
                + " compared with the fixture, outside the time measured.",
            Units.bytes(method.cacheBytes()),
            method.durability()));
    cells().stream()
        .collect(
            Collectors.groupingBy(
                View::settings,
                LinkedHashMap::new,
                Collectors.mapping(Benchmark::cell, Collectors.joining(", "))))
        .forEach((words, names) -> sentences.add(names + ": " + words));
    sentences.add("Figures are medians of n forks; the longest (max) is that of all of them.");
    boolean enough =
        result.cells().stream().anyMatch(cell -> cell.forks().size() >= Bootstrap.LEAST_VALUES);
    sentences.add(
        enough
            ? String.format(
                Locale.ROOT,
                "Intervals hold the true median in %.0f of 100 runs like this (percentile bootstrap,"
                    + " forks drawn with replacement).",
                Bootstrap.CONFIDENCE_PERCENT)
            : "There are too few forks for intervals: enough to look at, too little to claim a"
                + " difference by.");
    return sentences;
  }

  /** {@return what words of the method mean} */
  static List<String> explanations() {
    return List.of(
        "A closed loop asks again when it has its answer, and has service times alone; an open loop"
            + " asks at times fixed beforehand, and its response time has the waiting in it.",
        "Cold: a new process, an empty block cache, the files' pages dropped from the system's"
            + " cache, no warm-up. Warm: what the warm-up left in memory; of G6, whose process is"
            + " new, its files were read once before, and G8 and G10, which have no warm-up, find what"
            + " making their stores left.");
  }

  /** {@return how a benchmark was measured; the warm-up may take longer than asked for} */
  private static String settings(Benchmark benchmark) {
    CellSettings settings = benchmark.settings();
    if (benchmark.isStaged()) {
      return String.format(
          Locale.ROOT,
          "%s; %s%s; seed %d.",
          String.join(", ", benchmark.conditions()),
          benchmark.how(),
          isTimed(benchmark)
              ? String.format(Locale.ROOT, " (%s)", Units.time(settings.duration()))
              : "",
          settings.seed());
    }
    String longer =
        settings.mostWarmup().equals(settings.warmup())
            ? ""
            : String.format(
                Locale.ROOT,
                ", up to %s until the rate is steady",
                Units.time(settings.mostWarmup()));
    String warmup =
        settings.warmup().isZero() || settings.isCold() || !hasWarmedUp(benchmark)
            ? "no warm-up"
            : String.format(
                Locale.ROOT,
                "warm-up of %s%s, left out, which took %s",
                Units.time(settings.warmup()),
                longer,
                warmedUp(benchmark));
    String misses =
        settings.missRatio() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "; %s of the questions without an answer",
                Units.percent(100 * settings.missRatio()));
    return String.format(
        Locale.ROOT,
        "%s; %s, measured for %s; seed %d%s.",
        String.join(", ", benchmark.conditions()),
        warmup,
        Units.time(settings.duration()),
        settings.seed(),
        misses);
  }

  private static boolean isTimed(Benchmark benchmark) {
    return benchmark.how().contains("until the time is up");
  }

  /** {@return whether there was one, whatever was asked for} */
  private static boolean hasWarmedUp(Benchmark benchmark) {
    return warmups(benchmark).getMax() > 0;
  }

  private static DoubleSummaryStatistics warmups(Benchmark benchmark) {
    return benchmark.engines().stream()
        .flatMap(measured -> measured.series().forks().stream())
        .map(fork -> fork.cell().warmup())
        .mapToDouble(WarmUp::seconds)
        .summaryStatistics();
  }

  private static String warmedUp(Benchmark benchmark) {
    DoubleSummaryStatistics taken = warmups(benchmark);
    String least = Units.oneDecimal(taken.getMin());
    String most = Units.oneDecimal(taken.getMax());
    return (least.equals(most) ? least : least + " to " + most) + "\u00a0s";
  }

  Table engines() {
    return ofEngines(
        "Engines",
        fact("version", engine -> engine.facts().version()),
        fact("opened", engine -> engine.facts().openMode()),
        fact("durability in scratch stores", engine -> engine.facts().durability()),
        fact("memory for cached blocks", engine -> Units.bytes(engine.facts().cacheBytes())),
        fact("options given", engine -> options(engine.facts().options())),
        fact("runs with", engine -> options(engine.facts().effectiveOptions())));
  }

  Table grants() {
    return ofEngines(
        "Grants",
        fact("grants", engine -> Units.count(engine.fixture().grants())),
        fact("digest", engine -> engine.fixture().digest()),
        fact("origin", engine -> engine.fixture().origin()),
        fact("sync", engine -> engine.fixture().syncId()),
        fact("made by", engine -> engine.fixture().generator()),
        fact("made at", engine -> engine.fixture().createdAt().toString()),
        fact("loaded", engine -> engine.fixture().load()),
        fact("folder", engine -> engine.fixture().path()));
  }

  /** {@return whether the figures of all engines are of the same grants} */
  boolean holdSameGrants() {
    return result.engines().stream().map(e -> e.fixture().digest()).distinct().count() <= 1;
  }

  private Table ofEngines(String title, Row... rows) {
    return Table.ofEngines(
        title, result.engines().stream().map(EngineResult::name).toList(), List.of(rows));
  }

  private Row fact(String name, Function<EngineResult, String> words) {
    return Row.fact(name, result.engines().stream().map(words).toList());
  }

  private static String options(Map<String, String> options) {
    return options.entrySet().stream()
        .map(option -> option.getKey() + "=" + option.getValue())
        .collect(Collectors.joining(", "));
  }

  Table machine() {
    Environment machine = result.environment();
    List<Row> rows = new ArrayList<>();
    String memory = machine.memoryBytes() == 0 ? "unknown" : Units.bytes(machine.memoryBytes());
    String flags = machine.jvmFlags().isEmpty() ? "none" : String.join(" ", machine.jvmFlags());
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "processor",
        String.format(
            Locale.ROOT,
            "%s, %s, frequency governor %s",
            machine.cpu(),
            Units.count(machine.cores(), "core"),
            machine.governor()));
    facts.put("memory", memory);
    facts.put(
        "limits (cgroup)",
        String.format(
            Locale.ROOT,
            "memory %s, cores %s",
            machine.cgroupMemoryLimit(),
            machine.cgroupCpuLimit()));
    facts.put("load at the start (1, 5, 15 min)", machine.loadAverage());
    facts.put(
        "system",
        String.format(
            Locale.ROOT,
            "%s, file system %s, kernel %s",
            machine.operatingSystem(),
            machine.fileSystem(),
            machine.kernel()));
    facts.put("Java", machine.jvm());
    facts.put(
        "heap",
        String.format(
            Locale.ROOT,
            "up to %s, %s",
            Units.bytes(machine.maxHeapBytes()),
            String.join(" + ", machine.collectors())));
    facts.put("JVM flags", flags);
    facts.forEach((name, words) -> rows.add(Row.fact(name, List.of(words))));
    return new Table("Machine and Java", "", List.of("value"), false, rows);
  }

  boolean hasWrongAnswers() {
    return result.failures().stream()
        .anyMatch(failure -> failure.kind() == CellFailure.Kind.WRONG_ANSWER);
  }

  /** {@return what an engine was not asked, in a sentence} */
  static String words(NotApplicable what) {
    return String.format(
        Locale.ROOT, "%s %s: not applicable, %s", what.question(), what.engine(), what.reason());
  }

  /** {@return a failure in a sentence} */
  static String words(CellFailure failure) {
    String what =
        switch (failure.kind()) {
          case UNAVAILABLE -> "is not available";
          case WRONG_ANSWER -> "gave a wrong answer";
          case TIMEOUT -> "did not answer in time and was ended";
          case DIED -> "died";
          case FAILED -> "failed";
        };
    String where =
        failure.question().isEmpty()
            ? ""
            : String.format(
                Locale.ROOT, " in %s, round %d", failure.question(), failure.round() + 1);
    return String.format(
        Locale.ROOT, "%s %s%s: %s", failure.engine(), what, where, failure.reason());
  }
}
