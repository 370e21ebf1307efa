package dev.grantstore.bench.experiment;

import dev.grantstore.GrantStoreException;
import dev.grantstore.bench.benchmark.Benchmark.Needs;
import dev.grantstore.bench.compare.Builds;
import dev.grantstore.bench.environment.EnvironmentReader;
import dev.grantstore.bench.fork.MemoryGroups;
import dev.grantstore.bench.fork.TurnTaking;
import dev.grantstore.bench.fork.TurnTaking.Turn;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.ForkResult;
import dev.grantstore.bench.result.ResultFormatException;
import dev.grantstore.bench.result.ResultJson;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.result.RunResult.EngineFacts;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.RunResult.Method;
import dev.grantstore.bench.result.RunResult.NotApplicable;
import dev.grantstore.bench.run.CellRequest;
import dev.grantstore.bench.run.CellRequest.AskedCell;
import dev.grantstore.bench.run.CellRunner;
import dev.grantstore.bench.run.CellRunner.Answer;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.error.FixtureException;
import dev.grantstore.fixture.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Measures every cell on every engine, in rounds: in each round every cell is measured once on each
 * engine, the engines of a question right after one another, in turn forwards and backwards, so
 * that what the machine does in between befalls all alike. A wrong answer ends the run. One thread.
 */
public final class Experiment {
  private static final Logger LOG = Logger.getLogger(Experiment.class.getName());

  private static final String TURNS =
      "; forks of two builds at once, each stopped while the other runs: of questions by key their"
          + " medians and CPU times can be compared, their rates and means hold the other's turns";

  private final RunPlan plan;
  private final FixtureCache fixtures;
  private final Function<EngineSpec, CellRunner> runners;
  private final Clock clock;
  private final Halt halt;
  private final Progress progress;
  private final Assembly assembly = new Assembly();
  private final List<Ready> ready = new ArrayList<>();
  private final Set<String> failed = new HashSet<>();
  private Optional<Path> memoryGroups = Optional.empty();
  private boolean isAnew;
  private int measured;
  private long firstNanos;

  /**
   * An engine whose store is sound.
   *
   * @param number among the plan's
   * @param look what was asked of it first; what it measures is made of that
   */
  private record Ready(EngineSpec engine, int number, CellRequest look, CellRunner runner) {}

  /**
   * Creates a run.
   *
   * @param plan what to measure
   * @param fixtures makes copies of the fixture for other engines
   * @param runners does the measuring, of each engine
   * @param clock says when it was
   * @param halt ends it early; what was measured is returned all the same
   * @param progress is told what goes on
   */
  public Experiment(
      RunPlan plan,
      FixtureCache fixtures,
      Function<EngineSpec, CellRunner> runners,
      Clock clock,
      Halt halt,
      Progress progress) {
    this.plan = plan;
    this.fixtures = fixtures;
    this.runners = runners;
    this.clock = clock;
    this.halt = halt;
    this.progress = progress;
  }

  /**
   * Runs.
   *
   * @param kept the file for the result so far, written after each round; one that has all that is
   *     to be measured stays as it is, with its times and the machine's state then
   * @return the result
   * @throws IOException if a file cannot be read or written, or no process be started
   */
  public RunResult run(Path kept) throws IOException {
    Fixture base = Fixtures.open(Path.of(plan.fixture()));
    Environment machine = new EnvironmentReader(Path.of("/")).read(base.path());
    for (int number = 0; number < plan.engines().size() && goesOn(); number++) {
      prepare(base, plan.engines().get(number), number);
    }
    if (plan.forks() > 0 && plan.cells().stream().anyMatch(cell -> cell.named().limitsMemory())) {
      memoryGroups = MemoryGroups.findParent();
    }
    firstNanos = System.nanoTime();
    RunResult result = saved(result(machine), kept);
    for (int round = 0; round < plan.rounds() && goesOn(); round++) {
      round(round);
      result = saved(result(machine), kept);
    }
    return isAnew ? result : earlier(result, kept);
  }

  private RunResult saved(RunResult result, Path kept) throws IOException {
    if (isAnew) {
      ResultJson.save(result, kept);
    }
    return result;
  }

  /** {@return what an earlier run made of the same answers, or if there is none, this} */
  private static RunResult earlier(RunResult result, Path kept) throws IOException {
    if (Files.isRegularFile(kept)) {
      try {
        RunResult earlier = ResultJson.read(kept);
        if (!earlier.interrupted()
            && earlier.cells().equals(result.cells())
            && earlier.failures().equals(result.failures())) {
          return earlier;
        }
      } catch (ResultFormatException e) {
        LOG.log(Level.FINE, "result is made once more", e);
      }
    }
    ResultJson.save(result, kept);
    return result;
  }

  private boolean goesOn() {
    return !halt.isRequested() && !assembly.hasWrongAnswer();
  }

  private RunResult result(Environment machine) {
    String order =
        plan.forks() == 0
            ? "one JVM for everything, one cell after the other"
            : String.format(
                Locale.ROOT,
                "a JVM for each cell of each engine, in %d rounds; engines in turn forwards and backwards%s",
                plan.rounds(),
                plan.builds().isEmpty() ? "" : TURNS);
    Method method =
        new Method(
            plan.forks(), order, plan.cellTimeout(), plan.cacheBytes(), plan.durability().name());
    return assembly.result(plan, clock.instant(), halt.isRequested(), method, machine);
  }

  /** Makes the engine's fixture, and has its store compared and its blocks counted. */
  private void prepare(Fixture base, EngineSpec engine, int number) throws IOException {
    CellRequest look;
    Optional<ClusterCopy.Copy> copy = Optional.empty();
    try {
      if (engine.isElsewhere()) {
        copy = Optional.of(ClusterCopy.make(base, engine, plan.durability(), progress));
      }
      look =
          plan.look(engine, fixture(base, engine), copy.map(ClusterCopy.Copy::address).orElse(""));
    } catch (FixtureException | GrantStoreException | IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
      fail(new CellFailure(engine.name(), "", 0, CellFailure.Kind.UNAVAILABLE, reason));
      return;
    }
    progress.phase(
        String.format(Locale.ROOT, "comparing every row of %s with the fixture", engine.name()),
        -1);
    CellRunner runner = runners.apply(engine);
    String name = String.format(Locale.ROOT, "look-%02d", number);
    isAnew |= !runner.hasAnswered(name);
    Optional<Answer> answer = runner.run(name, look);
    if (answer.isEmpty()) {
      return;
    }
    if (isPerhapsOfACell(answer.get())) {
      // Then each cell fails for itself, and the others are measured.
      isAnew |= !runner.hasAnswered(name + "-bare");
      answer = runner.run(name + "-bare", look.bare());
      if (answer.isEmpty()) {
        return;
      }
    }
    ForkResult looked = answer.get().result();
    if (looked == null) {
      failed(engine, "", 0, answer.get());
      return;
    }
    assembly.engine(
        new EngineResult(
            engine.name(),
            looked
                .engine()
                .ofBuild(build(engine, looked))
                .ofGrants(copy.map(one -> one.wasFound() ? "found" : "loaded").orElse(null)),
            looked.fixture(),
            looked.disk(),
            looked.resident()));
    assembly.counters(engine.name(), looked.counters());
    ready.add(new Ready(engine, number, look, runner));
  }

  /** Another build may not know a benchmark, and somebody's engine not one of its calls. */
  private boolean isPerhapsOfACell(Answer answer) {
    return plan.cells().size() > 1
        && (answer.failure() == CellFailure.Kind.FAILED
            || answer.failure() == CellFailure.Kind.DIED
            || answer.failure() == CellFailure.Kind.UNAVAILABLE);
  }

  /** Builds before this was told do not say which they are; null for this one. */
  private @Nullable String build(EngineSpec engine, ForkResult looked) {
    String jar = plan.builds().get(engine.name());
    return jar == null
        ? null
        : looked.engine().effectiveOptions().getOrDefault(EngineFacts.BUILD, "unknown, " + jar);
  }

  private Path fixture(Fixture base, EngineSpec engine) throws IOException {
    return !engine.hasFiles() || engine.isPlain(base.manifest().engine().scheme())
        ? base.path()
        : fixtures.copy(base, engine);
  }

  private void round(int round) throws IOException {
    for (int i = 0; i < plan.cells().size(); i++) {
      List<Ready> order = new ArrayList<>(ready);
      if ((round + i) % 2 == 1) {
        Collections.reverse(order);
      }
      for (List<Ready> together : together(order, plan.cells().get(i))) {
        if (!goesOn()) {
          return;
        }
        cell(round, i, together);
        measured += together.size();
      }
    }
  }

  /**
   * Two builds of an engine at once, by turns, where the median is what they are compared by; else
   * each engine by itself, one after the other.
   */
  private static List<List<Ready>> together(List<Ready> order, AskedCell cell) {
    boolean byTurns =
        cell.named().asksByKey() && !cell.settings().isCold() && !cell.settings().isOpenLoop();
    Map<String, List<Ready>> groups = new LinkedHashMap<>();
    for (Ready one : order) {
      String name = one.engine().name();
      String group = byTurns ? Builds.now(name) : name;
      groups.computeIfAbsent(group, any -> new ArrayList<>()).add(one);
    }
    return List.copyOf(groups.values());
  }

  private void cell(int round, int number, List<Ready> together) throws IOException {
    AskedCell cell = plan.cells().get(number);
    List<Ready> asked = together.stream().filter(one -> isToBeAsked(one, cell)).toList();
    List<Turn> turns = new ArrayList<>();
    for (Ready one : asked) {
      progress.phase(
          String.format(
              Locale.ROOT,
              "round %d of %d, %s on %s (%s)",
              round + 1,
              plan.rounds(),
              cell.question(),
              one.engine().name(),
              howFar()),
          -1);
      String name =
          String.format(
              Locale.ROOT, "round-%03d-cell-%02d-engine-%02d", round, number, one.number());
      isAnew |= !one.runner().hasAnswered(name);
      turns.add(new Turn(name, request(one, cell), one.runner()));
    }
    List<Optional<Answer>> answers = TurnTaking.run(turns);
    for (int i = 0; i < asked.size(); i++) {
      if (answers.get(i).isPresent()) {
        answered(round, cell, asked.get(i).engine(), answers.get(i).get());
      }
    }
  }

  /** What is limited is the same in all forks of a run: it is found out once, and told. */
  private CellRequest request(Ready one, AskedCell cell) {
    CellRequest request = one.look().measuring(cell);
    return cell.named().limitsMemory()
        ? memoryGroups.map(request::limitedIn).orElse(request)
        : request;
  }

  /** What failed once is not asked again, and nothing can be cold that has no files. */
  private boolean isToBeAsked(Ready one, AskedCell cell) {
    Needs needs = cell.settings().isCold() ? Needs.FILES : cell.named().needs();
    if (!one.engine().has(needs)) {
      assembly.notApplicable(
          new NotApplicable(
              one.engine().name(),
              cell.question(),
              String.format(
                  Locale.ROOT, "it needs %s; %s", needs.words(), one.engine().whatItIs())));
      return false;
    }
    return !failed.contains(id(cell, one.engine()));
  }

  /** {@return how many are measured, and when the run will end, from how long they have taken} */
  private String howFar() {
    int total = plan.rounds() * plan.cells().size() * ready.size();
    if (measured == 0) {
      return String.format(Locale.ROOT, "%d/%d", measured + 1, total);
    }
    double seconds = (System.nanoTime() - firstNanos) / 1e9 / measured * (total - measured);
    return String.format(
        Locale.ROOT,
        "%d/%d, about %s left",
        measured + 1,
        total,
        RunDraft.spoken(Duration.ofMillis(Math.round(seconds * 1e3))));
  }

  private void answered(int round, AskedCell cell, EngineSpec engine, Answer answer) {
    ForkResult result = answer.result();
    if (result == null) {
      failed.add(id(cell, engine));
      failed(engine, cell.question(), round, answer);
      return;
    }
    result.cells().forEach(one -> assembly.fork(engine.name(), round, result.startedAt(), one));
    assembly.conditions(engine.name(), result);
  }

  private static String id(AskedCell cell, EngineSpec engine) {
    return engine.name() + "\n" + cell.question();
  }

  private void failed(EngineSpec engine, String question, int round, Answer answer) {
    CellFailure.Kind kind = answer.failure() == null ? CellFailure.Kind.FAILED : answer.failure();
    fail(new CellFailure(engine.name(), question, round, kind, answer.reason()));
  }

  private void fail(CellFailure failure) {
    assembly.failure(failure);
    progress.warn(
        String.format(
            Locale.ROOT,
            "%s%s: %s",
            failure.engine(),
            failure.question().isEmpty() ? "" : " " + failure.question(),
            failure.reason()));
  }
}
