package dev.grantstore.equivalence.fault;

import dev.grantstore.Durability;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The moments of a recording at which the power is lost, and what must be there then. Immutable.
 *
 * <p>The first are those right after a durable call had returned, one for each kind of call and
 * durability, and nothing is left then that was not certain. From then on even numbers are all such
 * moments, in a first round like that; odd ones go over all events in steps, so that they are
 * spread over the whole recording however few they are.
 */
final class Moments {
  /**
   * About 0.618 of 10,000; the first from here without a common divisor with the events is used.
   */
  private static final int STRIDE = 6_181;

  private final RecordedDisk disk;
  private final Script script;
  private final int stride;
  private final List<Integer> firsts = new ArrayList<>();
  private final List<Integer> acknowledged = new ArrayList<>();

  /**
   * One moment.
   *
   * @param cut how many events there were
   * @param survival what is left of what was not synced
   * @param least the fewest steps that must be there
   * @param most the most steps that may be there
   * @param copies what must be there beside the store, in the order in which it was made
   * @param text what the writer was at
   */
  record Moment(
      int cut, Survival survival, int least, int most, List<StoreCopy> copies, String text) {}

  Moments(RecordedDisk disk, long seed) {
    this.disk = disk;
    this.script = new Script(seed);
    this.stride = stride(disk.events());
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, List<Integer>> kinds = new LinkedHashMap<>();
    Durability durability = Durability.WAL;
    for (RecordedDisk.Mark mark : disk.marks()) {
      durability = durability(mark, durability);
      Optional<String> call = durableCall(mark, durability);
      if (call.isPresent()) {
        String kind = durability + call.get();
        kinds.computeIfAbsent(kind, any -> new ArrayList<>()).add(mark.event());
      }
    }
    for (List<Integer> moments : kinds.values()) {
      firsts.add(moments.get(random.nextInt(moments.size())));
      acknowledged.addAll(moments);
    }
  }

  /** What was promised when a mark was made, if anything was. */
  private Optional<String> durableCall(RecordedDisk.Mark mark, Durability durability) {
    if (isAllDurable(mark)) {
      return Optional.of(mark.text());
    }
    return promised(mark, durability) > 0
        ? Optional.of(script.kind(number(mark.text())).name())
        : copied(mark).map(copy -> copy.kind().name());
  }

  /** {@return the moment of an image's number} */
  Moment at(int number, SplittableRandom random) {
    if (number < firsts.size()) {
      return moment(firsts.get(number), Survival.ofCertain());
    }
    int half = (number - firsts.size()) / 2;
    if (number % 2 == 1) {
      int cut = 1 + (int) ((long) half * stride % disk.events());
      return moment(cut, Survival.draw(random));
    }
    int cut = acknowledged.get(half % acknowledged.size());
    return moment(cut, half < acknowledged.size() ? Survival.ofCertain() : Survival.draw(random));
  }

  /** Else only one event in as many as the divisor says would ever be the last. */
  private static int stride(int events) {
    BigInteger all = BigInteger.valueOf(events);
    int stride = STRIDE;
    while (BigInteger.valueOf(stride).gcd(all).intValue() > 1) {
      stride++;
    }
    return stride;
  }

  private Moment moment(int cut, Survival survival) {
    Durability durability = Durability.WAL;
    int least = 0;
    int done = 0;
    int begun = 0;
    List<StoreCopy> copies = new ArrayList<>();
    String last = "nothing";
    for (RecordedDisk.Mark mark : disk.marks()) {
      if (mark.event() > cut) {
        break;
      }
      durability = durability(mark, durability);
      last = mark.text();
      if (last.startsWith(RecordedWriter.AT)) {
        begun = number(last) + 1;
        last += " " + script.kind(begun - 1);
      } else if (last.startsWith(RecordedWriter.DONE)) {
        done = number(last) + 1;
        last += " " + script.kind(done - 1);
      } else if (isAllDurable(mark)) {
        least = done;
      }
      least = Math.max(least, promised(mark, durability));
      copied(mark).ifPresent(copies::add);
    }
    String text =
        String.format(
            Locale.ROOT, "event %d of %d, \"%s\" in %s", cut, disk.events(), last, durability);
    return new Moment(cut, survival, least, Math.max(begun, done), copies, text);
  }

  /** How many steps are durable because of what was said; 0 if it says nothing about that. */
  private int promised(RecordedDisk.Mark mark, Durability durability) {
    if (!mark.text().startsWith(RecordedWriter.DONE)) {
      return 0;
    }
    int step = number(mark.text());
    return durability == Durability.SYNC || script.kind(step).isDurable() ? step + 1 : 0;
  }

  private static Optional<StoreCopy> copied(RecordedDisk.Mark mark) {
    return mark.text().startsWith(RecordedWriter.COPIED)
        ? StoreCopy.named(mark.text().substring(RecordedWriter.COPIED.length()))
        : Optional.empty();
  }

  private static boolean isAllDurable(RecordedDisk.Mark mark) {
    return mark.text().equals(RecordedWriter.CLOSED) || mark.text().equals(RecordedWriter.FLUSHED);
  }

  private static Durability durability(RecordedDisk.Mark mark, Durability before) {
    return mark.text().startsWith(RecordedWriter.LIFE)
        ? Durability.valueOf(mark.text().substring(RecordedWriter.LIFE.length()))
        : before;
  }

  private static int number(String text) {
    return Integer.parseInt(text.substring(text.indexOf(' ') + 1));
  }
}
