package dev.grantstore.equivalence.concurrent;

import dev.grantstore.equivalence.run.Subject;
import dev.grantstore.equivalence.workload.Op;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Runs drawn programs on one engine until one is wrong. An engine that shows no yield points within
 * its first programs is raced by real threads from then on. One thread.
 */
public final class ConcurrentCampaign {
  /**
   * A program of so many lanes is tried on all schedules; of more on drawn ones, and few others.
   */
  private static final int LANES_TRIED_WHOLE = 2;

  private static final int PROGRAMS_TO_SHOW_POINTS = 10;
  private static final int RACES = 10;

  /** Fewer programs than that may by chance leave a kind of operation out. */
  private static final int LEAST_JUDGED = 200;

  private final String engine;
  private final Supplier<Subject> subjects;
  private final ProgramGenerator generator;
  private final Exploration exploration;
  private final BooleanSupplier isOver;
  private final SortedMap<String, Long> ops = new TreeMap<>();
  private long programs;
  private long whole;
  private long schedules;
  private long races;
  private boolean sawPoints;

  /**
   * What a campaign did.
   *
   * @param programs how many programs were run
   * @param whole of how many two-lane programs all schedules up to the bound were run
   * @param schedules how many schedules, of all programs
   * @param races how many runs nobody scheduled, for want of yield points
   * @param ops how many operations of each kind the programs had
   * @param finding the file of what was found
   * @param report what was found, drawn
   */
  public record Result(
      long programs,
      long whole,
      long schedules,
      long races,
      SortedMap<String, Long> ops,
      Optional<Path> finding,
      String report) {
    /** {@return what was run, in words} */
    public String text() {
      return races > 0
          ? String.format(
              Locale.ROOT,
              "%,d programs raced %,d times by real threads: the engine has no yield points, so what"
                  + " was not found is only improbable",
              programs,
              races)
          : String.format(
              Locale.ROOT,
              "%,d programs on %,d schedules; of %,d all schedules of two threads up to the bound",
              programs,
              schedules,
              whole);
    }

    /**
     * {@return the kinds of operations that no program had; none where there were too few to ask}
     *
     * @param without kinds that were left out
     */
    public List<String> neverDone(Set<String> without) {
      List<String> never = new ArrayList<>();
      if (programs >= LEAST_JUDGED) {
        for (String kind : ProgramGenerator.KINDS) {
          if (!ops.containsKey(kind) && !without.contains(kind)) {
            never.add(kind);
          }
        }
      }
      return never;
    }
  }

  /**
   * Starts with nothing.
   *
   * @param engine its name
   * @param subjects gives stores; asked again after something was found
   * @param generator draws programs
   * @param bound how many lanes may cut in on one that could go on
   * @param most how many schedules up to the bound a program is run on at the most
   * @param random on how many drawn ones besides
   * @param isOver asked often
   */
  public ConcurrentCampaign(
      String engine,
      Supplier<Subject> subjects,
      ProgramGenerator generator,
      int bound,
      int most,
      int random,
      BooleanSupplier isOver) {
    this.engine = engine;
    this.subjects = subjects;
    this.generator = generator;
    this.exploration = new Exploration(bound, most, random);
    this.isOver = isOver;
  }

  /**
   * Runs programs.
   *
   * @param seed of the first
   * @param tries how many
   * @param output where a finding goes
   * @param reducing how long it may be made smaller
   * @return what was done and found
   */
  public Result run(long seed, long tries, Path output, Duration reducing) {
    Path now = output.resolve(engine + "-running.concurrent");
    Subject subject = subjects.get();
    try {
      for (long i = 0; i < tries && !isOver.getAsBoolean(); i++) {
        Program program = generator.generate(seed + i);
        ConcurrentFinding.save(
            now, new ConcurrentReplay(List.of(), program, Optional.empty(), Optional.of("broken")));
        Optional<Trial.Outcome> found = run(program, subject);
        if (found.isPresent()) {
          ConcurrentFinding finding =
              new ConcurrentFinding(found.get(), subjects, races == 0, reducing);
          Trial.Outcome smallest = finding.reduce();
          Path file = finding.write(engine, output);
          return result(Optional.of(file), Picture.of(smallest));
        }
      }
      return result(Optional.empty(), "");
    } finally {
      Trials.closeBroken(subject);
      Trials.delete(now);
    }
  }

  private Result result(Optional<Path> finding, String report) {
    return new Result(programs, whole, schedules, races, ops, finding, report);
  }

  private Optional<Trial.Outcome> run(Program program, Subject subject) {
    programs++;
    for (Op op : allOf(program)) {
      ops.merge(op.kind(), 1L, Long::sum);
    }
    try (Trial trial = new Trial(program, subject)) {
      boolean races = !sawPoints && programs > PROGRAMS_TO_SHOW_POINTS;
      return races ? race(trial) : schedule(program, trial);
    }
  }

  private Optional<Trial.Outcome> schedule(Program program, Trial trial) {
    int lanes = program.lanes().size();
    Exploration.Result result = exploration.run(trial::run, lanes, program.setup().seed(), isOver);
    schedules += result.schedules();
    whole += result.isWhole() && lanes <= LANES_TRIED_WHOLE ? 1 : 0;
    sawPoints |= trial.sawPoints();
    return result.found();
  }

  private Optional<Trial.Outcome> race(Trial trial) {
    for (int i = 0; i < RACES && !isOver.getAsBoolean(); i++) {
      races++;
      Trial.Outcome outcome = trial.race();
      if (outcome.isFound()) {
        return Optional.of(outcome);
      }
    }
    return Optional.empty();
  }

  private static List<Op> allOf(Program program) {
    List<Op> all = new ArrayList<>(program.setup().ops());
    program.lanes().forEach(all::addAll);
    return all;
  }

  /**
   * Runs a replay file.
   *
   * @param replay the file
   * @param subject runs it
   * @return what was found, as {@code expect} names it, and the drawing; empty for nothing
   */
  public static Optional<Map.Entry<String, String>> replay(
      ConcurrentReplay replay, Subject subject) {
    Program program = replay.program();
    Optional<Trial.Outcome> found;
    try (Trial trial = new Trial(program, subject)) {
      found =
          replay.schedule().isPresent()
              ? Optional.of(trial.run(Steering.along(replay.schedule().get())))
                  .filter(Trial.Outcome::isFound)
              : new Exploration(2, 5_000, 500)
                  .run(trial::run, program.lanes().size(), program.setup().seed(), () -> false)
                  .found();
      if (found.isEmpty() && !trial.sawPoints()) {
        for (int i = 0; i < 1_000 && found.isEmpty(); i++) {
          found = Optional.of(trial.race()).filter(Trial.Outcome::isFound);
        }
      }
    }
    return found.map(outcome -> Map.entry(outcome.kind().orElse(""), Picture.of(outcome)));
  }
}
