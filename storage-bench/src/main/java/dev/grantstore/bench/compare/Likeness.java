package dev.grantstore.bench.compare;

import dev.grantstore.bench.result.CellSeries;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.EngineFacts;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.RunResult.Method;
import dev.grantstore.bench.result.StageNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Whether two measurements can be compared at all: same format, machine, Java, way of measuring,
 * grants, cache, durability and settings. Versions and options of an engine, and of this tool, may
 * differ: they are what one compares.
 */
final class Likeness {
  private final List<String> unlike = new ArrayList<>();

  /** {@return in what two runs are unlike, a line each; empty if they can be compared} */
  static List<String> ofRuns(RunResult first, RunResult second) {
    Likeness likeness = new Likeness();
    likeness.same("result format", first.formatVersion(), second.formatVersion());
    likeness.machine(first.environment(), second.environment());
    likeness.method(first.method(), second.method());
    return likeness.unlike;
  }

  /** {@return in what two engines of one run or of two are unlike} */
  static List<String> ofEngines(EngineResult first, EngineResult second) {
    Likeness likeness = new Likeness();
    String of = first.name().equals(second.name()) ? " of " + first.name() : "";
    likeness.same("fixture digest" + of, first.fixture().digest(), second.fixture().digest());
    likeness.same("grants" + of, first.fixture().grants(), second.fixture().grants());
    likeness.same("cache bytes" + of, first.facts().cacheBytes(), second.facts().cacheBytes());
    likeness.same("durability" + of, first.facts().durability(), second.facts().durability());
    likeness.same("open mode" + of, first.facts().openMode(), second.facts().openMode());
    // Of two engines of a run one may be in no cluster; of one engine both times are.
    if (first.facts().scheme().equals(second.facts().scheme())) {
      likeness.same(
          "cluster" + of, fact(first, EngineFacts.PLACE), fact(second, EngineFacts.PLACE));
      likeness.sameFact(EngineFacts.SERVERS, of, first, second);
      likeness.sameFact(EngineFacts.REPLICAS, of, first, second);
      if (first.facts().options().equals(second.facts().options())) {
        // Else it is the settings that may have made others, and they are what one compares.
        likeness.sameFact(EngineFacts.RANGES, of, first, second);
      }
    }
    return likeness.unlike;
  }

  private void sameFact(String name, String of, EngineResult first, EngineResult second) {
    same(name + of, fact(first, name), fact(second, name));
  }

  private static String fact(EngineResult engine, String name) {
    return engine.facts().effectiveOptions().getOrDefault(name, "not known");
  }

  /** {@return in what two cells of the same question are unlike} */
  static List<String> ofCells(CellSeries first, CellSeries second) {
    Likeness likeness = new Likeness();
    likeness.same("settings of " + first.question(), first.settings(), second.settings());
    likeness.same("limits of memory in " + first.question(), limited(first), limited(second));
    return likeness.unlike;
  }

  /** Of a whole process, or of Java's heap alone; results of before say the latter otherwise. */
  private static String limited(CellSeries cell) {
    return cell.forks().stream()
        .map(fork -> fork.cell().notes().getOrDefault(StageNotes.LIMITED, ""))
        .map(words -> words.startsWith("Java's heap") ? "Java's heap alone" : words)
        .distinct()
        .sorted()
        .collect(Collectors.joining("; in other forks: "));
  }

  private void machine(Environment first, Environment second) {
    same("processor", first.cpu(), second.cpu());
    same("cores", first.cores(), second.cores());
    same("memory", first.memoryBytes(), second.memoryBytes());
    same("memory limit", first.cgroupMemoryLimit(), second.cgroupMemoryLimit());
    same("core limit", first.cgroupCpuLimit(), second.cgroupCpuLimit());
    same("governor", first.governor(), second.governor());
    same("operating system", first.operatingSystem(), second.operatingSystem());
    same("kernel", first.kernel(), second.kernel());
    same("file system", first.fileSystem(), second.fileSystem());
    same("JVM", first.jvm(), second.jvm());
    same("JVM flags", first.jvmFlags(), second.jvmFlags());
    same("collectors", first.collectors(), second.collectors());
    same("heap", first.maxHeapBytes(), second.maxHeapBytes());
  }

  private void method(Method first, Method second) {
    same("forked", first.forks() > 0, second.forks() > 0);
    same("cache bytes", first.cacheBytes(), second.cacheBytes());
    same("durability", first.durability(), second.durability());
  }

  private void same(String what, Object first, Object second) {
    if (!Objects.equals(first, second)) {
      unlike.add(String.format(Locale.ROOT, "%s: %s against %s", what, first, second));
    }
  }
}
