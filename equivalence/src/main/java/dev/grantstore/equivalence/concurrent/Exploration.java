package dev.grantstore.equivalence.concurrent;

import dev.grantstore.equivalence.concurrent.Steering.Decision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Runs a program on many schedules until one is found that is wrong: all in which at most so many
 * lanes cut in on one that could go on, those with fewer first (Musuvathi and Qadeer), and then
 * some at random. Immutable.
 *
 * @param bound how many may cut in
 * @param most how many of those schedules are run at the most
 * @param random how many schedules are drawn besides
 */
record Exploration(int bound, int most, int random) {
  /** How many lanes cut in on a drawn schedule: bugs seldom need more than three. */
  private static final int MOST_DRAWN_SWITCHES = 4;

  /**
   * What came of it.
   *
   * @param found the first run that was wrong
   * @param schedules how many were run
   * @param isWhole whether all up to the bound were
   */
  record Result(Optional<Trial.Outcome> found, long schedules, boolean isWhole) {}

  /**
   * Runs them.
   *
   * @param trial runs one
   * @param lanes how many there are
   * @param seed of those that are drawn
   * @param isOver asked before each
   */
  Result run(
      Function<Steering, Trial.Outcome> trial, int lanes, long seed, BooleanSupplier isOver) {
    List<Deque<Schedule>> left = new ArrayList<>();
    for (int cuts = 0; cuts <= bound; cuts++) {
      left.add(new ArrayDeque<>());
    }
    left.get(0).add(Schedule.PLAIN);
    int length = 0;
    long schedules = 0;
    for (int cuts = 0; cuts <= bound; cuts++) {
      Deque<Schedule> now = left.get(cuts);
      while (!now.isEmpty() && schedules < most && !isOver.getAsBoolean()) {
        Schedule schedule = now.remove();
        Steering steering = Steering.along(schedule);
        Trial.Outcome outcome = trial.apply(steering);
        schedules++;
        if (outcome.isFound()) {
          return new Result(Optional.of(outcome), schedules, false);
        }
        length = Math.max(length, steering.decisions().size());
        branch(left, cuts, schedule, steering.decisions());
      }
    }
    boolean isWhole = left.stream().allMatch(Deque::isEmpty);
    Random draw = new Random(seed);
    for (int i = 0; i < random && !isOver.getAsBoolean(); i++) {
      int switches = 1 + draw.nextInt(MOST_DRAWN_SWITCHES);
      Trial.Outcome outcome = trial.apply(Steering.random(draw, lanes, switches, length));
      schedules++;
      if (outcome.isFound()) {
        return new Result(Optional.of(outcome), schedules, isWhole);
      }
    }
    return new Result(Optional.empty(), schedules, isWhole);
  }

  /** Adds every schedule that is like one up to a later decision, and other there. */
  private void branch(
      List<Deque<Schedule>> left, int cuts, Schedule schedule, List<Decision> decisions) {
    for (int at = schedule.end(); at < decisions.size(); at++) {
      Decision decision = decisions.get(at);
      int then = decision.cutsIn() ? cuts + 1 : cuts;
      if (then <= bound) {
        for (int lane : decision.ready()) {
          if (lane != decision.plain()) {
            left.get(then).add(schedule.with(at, lane));
          }
        }
      }
    }
  }
}
