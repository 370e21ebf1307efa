package dev.grantstore.equivalence.concurrent;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which lane goes on at each decision, by where it differs from the plain one: the lane that runs
 * goes on, and where it cannot, the first that can. Decisions are counted from 0; where only one
 * lane can go on there is none. Immutable.
 *
 * @param switches the lane, from 1, by the number of the decision
 */
public record Schedule(SortedMap<Integer, Integer> switches) {
  /** Each lane to its end, as far as that goes. */
  static final Schedule PLAIN = new Schedule(new TreeMap<>());

  private static final Pattern SWITCH = Pattern.compile("([0-9]{1,9}):([0-9]{1,9})");

  /** Copies the map. */
  public Schedule {
    switches = Collections.unmodifiableSortedMap(new TreeMap<>(switches));
    switches.forEach(
        (at, lane) -> {
          if (at < 0 || lane < 1) {
            throw new IllegalArgumentException("not a decision and a lane: " + at + ":" + lane);
          }
        });
  }

  /** {@return this with one switch more} */
  Schedule with(int decision, int lane) {
    SortedMap<Integer, Integer> more = new TreeMap<>(switches);
    more.put(decision, lane);
    return new Schedule(more);
  }

  /** {@return this without one switch} */
  Schedule without(int decision) {
    SortedMap<Integer, Integer> fewer = new TreeMap<>(switches);
    fewer.remove(decision);
    return new Schedule(fewer);
  }

  /** {@return the number of the first decision after the last switch} */
  int end() {
    return switches.isEmpty() ? 0 : switches.lastKey() + 1;
  }

  /** {@return as files have it, such as {@code 4:2 9:1}} */
  String text() {
    return switches.entrySet().stream()
        .map(entry -> entry.getKey() + ":" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  /**
   * {@return the schedule of a text}
   *
   * @throws IllegalArgumentException if it is none
   */
  static Schedule parse(String text) {
    SortedMap<Integer, Integer> switches = new TreeMap<>();
    for (String word : text.strip().split("[ \t]+", -1)) {
      Matcher parts = SWITCH.matcher(word);
      if (parts.matches()) {
        int decision = Integer.parseInt(parts.group(1));
        if (switches.put(decision, Integer.parseInt(parts.group(2))) != null) {
          throw new IllegalArgumentException("decision stands twice: " + word);
        }
      } else if (!word.isEmpty()) {
        throw new IllegalArgumentException("not DECISION:LANE: " + word);
      }
    }
    return new Schedule(switches);
  }
}
