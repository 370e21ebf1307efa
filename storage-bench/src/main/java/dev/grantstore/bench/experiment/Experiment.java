package dev.grantstore.bench.experiment;

import dev.grantstore.GrantStoreException;
import dev.grantstore.bench.benchmark.Benchmarks;
import dev.grantstore.bench.compare.Builds;
import dev.grantstore.bench.environment.EnvironmentReader;
import dev.grantstore.bench.fork.ForkAnswer;
import dev.grantstore.bench.fork.ForkAsker;
import dev.grantstore.bench.fork.ForkRequest;
import dev.grantstore.bench.fork.ForkRequest.AskedCell;
import dev.grantstore.bench.fork.PageCache;
import dev.grantstore.bench.fork.TurnTaking;
import dev.grantstore.bench.measure.Halt;
import dev.grantstore.bench.result.CellSettings;
import dev.grantstore.bench.result.Environment;
import dev.grantstore.bench.result.ForkResult;
import dev.grantstore.bench.result.RunResult;
import dev.grantstore.bench.result.RunResult.CellFailure;
import dev.grantstore.bench.result.RunResult.EngineResult;
import dev.grantstore.bench.result.RunResult.Method;
import dev.grantstore.bench.run.AnsweringEngine;
import dev.grantstore.bench.run.FixturePlan.Step;
import dev.grantstore.fixture.Fixture;
import dev.grantstore.fixture.Fixtures;
import dev.grantstore.fixture.error.FixtureException;
import dev.grantstore.fixture.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Measures every cell on every engine, in rounds: in each round every cell is measured once on each
 * engine, the engines of a question right after one another, in turn forwards and backwards, so
 * that what the machine does in between befalls all alike. A wrong answer ends the run. One thread.
 */
public final class Experiment {
  private static final String TURNS =
      "; forks of two builds at once, each stopped while the other runs: of questions by key their"
          + " medians and CPU times can be compared, their rates and means hold the other's turns";

  private final ExperimentPlan plan;
  private final FixtureCache fixtures;
  private final Function<EngineSpec, ForkAsker> forks;
  private final Clock clock;
  private final Halt halt;
  private final Progress progress;
  private final Assembly assembly = new Assembly();
  private final Map<String, Path> fixtureOf = new HashMap<>();
  private final Set<String> given = new HashSet<>();
  private boolean wrong;

  /**
   * Creates a run.
   *
   * @param plan what to measure
   * @param fixtures makes copies of the fixture for other engines
   * @param forks does the measuring, of each engine
   * @param clock says when it was
   * @param halt ends it early; what was measured is returned all the same
   * @param progress is told what goes on
   */
  public Experiment(
      ExperimentPlan plan,
      FixtureCache fixtures,
      Function<EngineSpec, ForkAsker> forks,
      Clock clock,
      Halt halt,
      Progress progress) {
    this.plan = plan;
    this.fixtures = fixtures;
    this.forks = forks;
    this.clock = clock;
    this.halt = halt;
    this.progress = progress;
  }

  /** Is given the result so far, after each round and at the end. */
  @FunctionalInterface
  public interface Keeper {
    /**
     * Keeps the result so far.
     *
     * @param soFar what there is
     * @throws IOException if it cannot
     */
    void keep(RunResult soFar) throws IOException;
  }

  /**
   * Runs.
   *
   * @param keeper is given the result as it grows
   * @return the result
   * @throws IOException if a file cannot be read or written, or no process be started
   */
  public RunResult run(Keeper keeper) throws IOException {
    Fixture base = Fixtures.open(Path.of(plan.fixture()));
    Environment machine = new EnvironmentReader(Path.of("/")).read(base.path());
    List<EngineSpec> present = new ArrayList<>();
    for (EngineSpec engine : plan.engines()) {
      if (goesOn() && prepare(base, engine)) {
        present.add(engine);
      }
    }
    TimeLeft left = new TimeLeft(plan.rounds() * plan.cells().size() * present.size());
    RunResult result = result(machine);
    keeper.keep(result);
    for (int round = 0; round < plan.rounds() && goesOn(); round++) {
      round(round, present, left);
      result = result(machine);
      keeper.keep(result);
    }
    return result;
  }

  private boolean goesOn() {
    return !halt.isRequested() && !wrong;
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
  private boolean prepare(Fixture base, EngineSpec engine) throws IOException {
    try {
      fixtureOf.put(engine.name(), fixture(base, engine));
    } catch (FixtureException | GrantStoreException | IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
      fail(new CellFailure(engine.name(), "", 0, CellFailure.Kind.UNAVAILABLE, reason));
      return false;
    }
    progress.phase(
        String.format(Locale.ROOT, "comparing every row of %s with the fixture", engine.name()),
        -1);
    Optional<ForkAnswer> answer =
        forks
            .apply(engine)
            .ask(
                String.format(Locale.ROOT, "look-%02d", plan.engines().indexOf(engine)),
                request(engine, look(), plan.cells()));
    if (answer.isEmpty()) {
      return false;
    }
    ForkResult looked = answer.get().result();
    if (looked == null) {
      failed(engine, "", 0, answer.get());
      return false;
    }
    assembly.engine(
        new EngineResult(
            engine.name(), looked.engine(), looked.fixture(), looked.disk(), looked.resident()));
    assembly.counters(engine.name(), looked.counters());
    return true;
  }

  /** What else a process did would be in its memory. */
  private Set<Step> look() {
    return plan.forks() == 0
        ? Set.of(Step.CHECK, Step.COUNT)
        : Set.of(Step.CHECK, Step.RESIDENT, Step.COUNT);
  }

  private Path fixture(Fixture base, EngineSpec engine) throws IOException {
    boolean own =
        engine.scheme().equals(base.manifest().engine().scheme()) && engine.options().isEmpty();
    return own || engine.answering() != AnsweringEngine.OF_FIXTURE
        ? base.path()
        : fixtures.copy(base, engine);
  }

  private void round(int round, List<EngineSpec> engines, TimeLeft left) throws IOException {
    for (int i = 0; i < plan.cells().size(); i++) {
      List<EngineSpec> order = new ArrayList<>(engines);
      if ((round + i) % 2 == 1) {
        Collections.reverse(order);
      }
      for (List<EngineSpec> together : together(order, plan.cells().get(i))) {
        if (!goesOn()) {
          return;
        }
        cell(round, i, together, left);
        together.forEach(engine -> left.step());
      }
    }
  }

  /**
   * Two builds of an engine at once, by turns, where the median is what they are compared by; else
   * each engine by itself, one after the other.
   */
  private List<List<EngineSpec>> together(List<EngineSpec> order, AskedCell cell) {
    CellSettings settings = cell.settings();
    boolean byTurns =
        Benchmarks.named(List.of(cell.benchmark())).get(0).asksByKey()
            && !settings.isCold()
            && !settings.isOpenLoop();
    Map<String, List<EngineSpec>> groups = new LinkedHashMap<>();
    for (EngineSpec engine : order) {
      String group = byTurns ? Builds.now(engine.name()) : engine.name();
      groups.computeIfAbsent(group, any -> new ArrayList<>()).add(engine);
    }
    return List.copyOf(groups.values());
  }

  private void cell(int round, int number, List<EngineSpec> together, TimeLeft left)
      throws IOException {
    AskedCell cell = plan.cells().get(number);
    List<EngineSpec> asked = new ArrayList<>();
    List<TurnTaking.Turn> turns = new ArrayList<>();
    for (EngineSpec engine : together) {
      if (isReady(round, cell, engine)) {
        progress.phase(
            String.format(
                Locale.ROOT,
                "round %d of %d, %s on %s (%s)",
                round + 1,
                plan.rounds(),
                cell.question(),
                engine.name(),
                left.words()),
            -1);
        String name =
            String.format(
                Locale.ROOT,
                "round-%03d-cell-%02d-engine-%02d",
                round,
                number,
                plan.engines().indexOf(engine));
        ForkRequest request = request(engine, Set.of(Step.MEASURE), List.of(cell));
        turns.add(new TurnTaking.Turn(name, request, forks.apply(engine)));
        asked.add(engine);
      }
    }
    List<Optional<ForkAnswer>> answers = ask(turns);
    for (int i = 0; i < asked.size(); i++) {
      if (answers.get(i).isPresent()) {
        answered(round, cell, asked.get(i), answers.get(i).get());
      }
    }
  }

  private static List<Optional<ForkAnswer>> ask(List<TurnTaking.Turn> turns) throws IOException {
    if (turns.size() > 1) {
      // One that runs alone because the other answered before is no partner for it.
      boolean allAnswered = true;
      for (TurnTaking.Turn turn : turns) {
        allAnswered &= turn.launcher().hasAnswered(turn.name());
      }
      for (TurnTaking.Turn turn : allAnswered ? List.<TurnTaking.Turn>of() : turns) {
        turn.launcher().forget(turn.name());
      }
      return TurnTaking.ask(turns);
    }
    List<Optional<ForkAnswer>> answers = new ArrayList<>();
    for (TurnTaking.Turn turn : turns) {
      answers.add(turn.launcher().ask(turn.name(), turn.request()));
    }
    return answers;
  }

  /** {@return whether the engine is to be asked, and its store is as cold as it has to be} */
  private boolean isReady(int round, AskedCell cell, EngineSpec engine) {
    String id = id(cell, engine);
    if (given.contains(id)) {
      return false;
    }
    if (!cell.settings().isCold()) {
      return true;
    }
    if (engine.answering() != AnsweringEngine.OF_FIXTURE) {
      given.add(id);
      return false;
    }
    try {
      PageCache.drop(fixturePath(engine));
      return true;
    } catch (IOException e) {
      given.add(id);
      String reason = String.valueOf(e.getMessage());
      fail(
          new CellFailure(
              engine.name(), cell.question(), round, CellFailure.Kind.UNAVAILABLE, reason));
      return false;
    }
  }

  private void answered(int round, AskedCell cell, EngineSpec engine, ForkAnswer answer) {
    ForkResult measured = answer.result();
    if (measured == null) {
      given.add(id(cell, engine));
      failed(engine, cell.question(), round, answer);
      return;
    }
    measured.cells().forEach(one -> assembly.fork(engine.name(), round, measured.startedAt(), one));
    assembly.conditions(engine.name(), Conditions.of(measured));
  }

  private static String id(AskedCell cell, EngineSpec engine) {
    return engine.name() + "\n" + cell.question();
  }

  private Path fixturePath(EngineSpec engine) {
    Path path = fixtureOf.get(engine.name());
    if (path == null) {
      throw new IllegalStateException("engine has no fixture: " + engine.name());
    }
    return path;
  }

  private ForkRequest request(EngineSpec engine, Set<Step> steps, List<AskedCell> cells) {
    return new ForkRequest(
        fixturePath(engine).toString(),
        engine.answering(),
        engine.options(),
        steps,
        cells,
        plan.cacheBytes(),
        plan.durability(),
        plan.scratchFolder(),
        plan.slowdownPercent().getOrDefault(engine.name(), 0.0));
  }

  private void failed(EngineSpec engine, String question, int round, ForkAnswer answer) {
    CellFailure.Kind kind = answer.failure() == null ? CellFailure.Kind.FAILED : answer.failure();
    fail(new CellFailure(engine.name(), question, round, kind, answer.reason()));
    wrong |= kind == CellFailure.Kind.WRONG_ANSWER;
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
