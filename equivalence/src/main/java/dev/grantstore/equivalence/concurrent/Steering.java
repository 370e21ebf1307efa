package dev.grantstore.equivalence.concurrent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Decides for one run which lane goes on, and writes the decisions down. One thread at a time. */
final class Steering {
  /**
   * One decision.
   *
   * @param ready the lanes that could go on, at least two
   * @param plain the one that goes on if nobody says otherwise
   * @param cutsIn whether another one cuts in on a lane that could go on
   * @param chosen the one that went on
   */
  record Decision(List<Integer> ready, int plain, boolean cutsIn, int chosen) {}

  /** How to choose. */
  private interface Choice {
    int of(int decision, List<Integer> ready, int plain);
  }

  private final Choice choice;
  private final List<Decision> decisions = new ArrayList<>();

  private Steering(Choice choice) {
    this.choice = choice;
  }

  /** {@return one that keeps to a schedule; a lane that cannot go on there is passed over} */
  static Steering along(Schedule schedule) {
    return new Steering(
        (decision, ready, plain) -> {
          int lane = schedule.switches().getOrDefault(decision, plain);
          return ready.contains(lane) ? lane : plain;
        });
  }

  /**
   * {@return one that lets the lane of highest priority go on} Priorities are drawn, and at some
   * decisions, drawn too, the lane that runs gets the lowest: a bug that needs so many switches in
   * the right places is hit with a probability that can be told (Burckhardt and others, PCT).
   *
   * @param random draws
   * @param lanes how many there are
   * @param switches how many places
   * @param length about how many decisions there will be
   */
  static Steering random(Random random, int lanes, int switches, int length) {
    int[] priorities = new int[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      int other = random.nextInt(lane + 1);
      priorities[lane] = priorities[other];
      priorities[other] = switches + lane;
    }
    Set<Integer> places = new HashSet<>();
    for (int i = 0; i < switches; i++) {
      places.add(random.nextInt(Math.max(1, length)));
    }
    int[] lowest = {0};
    return new Steering(
        (decision, ready, plain) -> {
          if (places.contains(decision)) {
            lowest[0]--;
            priorities[plain - 1] = lowest[0];
          }
          int best = ready.get(0);
          for (int lane : ready) {
            best = priorities[lane - 1] > priorities[best - 1] ? lane : best;
          }
          return best;
        });
  }

  /** {@return the lane that goes on} */
  int choose(List<Integer> ready, int current) {
    boolean canGoOn = ready.contains(current);
    int plain = canGoOn ? current : ready.get(0);
    int chosen = choice.of(decisions.size(), ready, plain);
    decisions.add(new Decision(ready, plain, canGoOn, chosen));
    return chosen;
  }

  List<Decision> decisions() {
    return decisions;
  }

  /** {@return the schedule that comes to the same} */
  Schedule taken() {
    Schedule taken = Schedule.PLAIN;
    for (int i = 0; i < decisions.size(); i++) {
      if (decisions.get(i).chosen() != decisions.get(i).plain()) {
        taken = taken.with(i, decisions.get(i).chosen());
      }
    }
    return taken;
  }
}
