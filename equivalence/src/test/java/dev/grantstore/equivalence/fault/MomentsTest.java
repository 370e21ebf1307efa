package dev.grantstore.equivalence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store must hold at each moment of lives that are drawn here, counted once more. */
final class MomentsTest {
  private static final Set<Script.Kind> DURABLE =
      EnumSet.of(Script.Kind.LOAD, Script.Kind.SEAL, Script.Kind.DROP, Script.Kind.FLUSH);

  @TempDir private Path folder;

  /** Marks by the number of events before the moment from which they count. */
  private final Map<Integer, String> marks = new HashMap<>();

  private int events;

  @Test
  void asManyStepsMustBeThereAsWerePromisedAndMayBeAsWereBegun() throws Exception {
    for (int seed = 0; seed < 30; seed++) {
      RecordedDisk disk = draw(seed, 20 + 3 * seed);
      Moments moments = new Moments(disk, seed);
      for (int number = 0; number < 3 * events; number++) {
        Moments.Moment moment = moments.at(number, new SplittableRandom(number));
        assertThat(List.of(moment.least(), moment.most()))
            .as("seed %d: %s", seed, moment)
            .isEqualTo(List.of(promised(seed, moment.cut()), begun(moment.cut())));
        assertThat(moment.least()).isLessThanOrEqualTo(moment.most());
      }
    }
  }

  /**
   * After as many images as twice the events each event was the last once, whatever their number
   * can be divided by; and right after each promise nothing was left but what is certain.
   */
  @Test
  void allMomentsComeInTurn() throws Exception {
    for (int least : new int[] {40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 883, 884}) {
      RecordedDisk disk = draw(least, least);
      Moments moments = new Moments(disk, least);
      Set<Integer> cuts = new HashSet<>();
      Set<Integer> certain = new HashSet<>();
      for (int number = 0; number < 4 * events; number++) {
        Moments.Moment moment = moments.at(number, new SplittableRandom(number));
        if (number % 2 == 1) {
          cuts.add(moment.cut());
        }
        if (moment.survival().equals(Survival.ofCertain())) {
          certain.add(moment.cut());
        }
      }
      assertThat(cuts).as("%d events", events).hasSize(events);
      assertThat(certain).containsAll(promises(least));
    }
  }

  /** Right after something came to be promised, and after each flush and close. */
  private Set<Integer> promises(long seed) {
    Set<Integer> promises = new HashSet<>();
    for (Map.Entry<Integer, String> mark : marks.entrySet()) {
      String text = mark.getValue();
      boolean isOfAll = text.equals("flushed") || text.equals("closed");
      if (isOfAll || isPromised(seed, mark.getKey(), text)) {
        promises.add(mark.getKey());
      }
    }
    return promises;
  }

  private int promised(long seed, int cut) {
    int least = 0;
    for (Map.Entry<Integer, String> mark : marks.entrySet()) {
      String text = mark.getValue();
      if (mark.getKey() > cut) {
        continue;
      }
      if (text.equals("flushed") || text.equals("closed")) {
        least = Math.max(least, highest("done ", mark.getKey()));
      } else if (isPromised(seed, mark.getKey(), text)) {
        least = Math.max(least, step(text) + 1);
      }
    }
    return least;
  }

  private boolean isPromised(long seed, int event, String text) {
    return text.startsWith("done ")
        && (life(event).equals("life SYNC") || DURABLE.contains(new Script(seed).kind(step(text))));
  }

  private int begun(int cut) {
    return highest("at ", cut);
  }

  /** One more than the highest step of the marks that count at a moment. */
  private int highest(String kind, int cut) {
    return marks.entrySet().stream()
        .filter(mark -> mark.getKey() <= cut && mark.getValue().startsWith(kind))
        .mapToInt(mark -> step(mark.getValue()) + 1)
        .max()
        .orElse(0);
  }

  private String life(int cut) {
    int last =
        marks.entrySet().stream()
            .filter(mark -> mark.getKey() <= cut && mark.getValue().startsWith("life "))
            .mapToInt(Map.Entry::getKey)
            .max()
            .orElseThrow();
    return String.valueOf(marks.get(last));
  }

  private static int step(String text) {
    return Integer.parseInt(text.substring(text.indexOf(' ') + 1));
  }

  /** Lives of any durability, closed or killed, in or between calls; so many events. */
  private RecordedDisk draw(long seed, int length) throws IOException, CannotRecordException {
    SplittableRandom random = new SplittableRandom(seed);
    WrittenLog log = new WrittenLog();
    marks.clear();
    events = 0;
    List<String> left = new ArrayList<>();
    int step = 0;
    while (events < length) {
      if (left.isEmpty()) {
        Durability[] all = Durability.values();
        left.add("life " + all[random.nextInt(all.length)]);
        left.add("flushed");
        int steps = random.nextInt(9);
        for (int i = 0; i < steps; i++) {
          left.add("at " + step);
          left.add("done " + step);
          step++;
        }
        if (random.nextBoolean()) {
          left.add("closed");
        } else if (steps > 0 && random.nextBoolean()) {
          // Killed in the last call; whether it was done is found out by the next life.
          left.remove(left.size() - 1);
          step -= random.nextInt(2);
        }
      }
      if (random.nextInt(3) > 0) {
        String text = left.remove(0);
        log.mark(text);
        events++;
        marks.put(events, text);
      } else {
        log.event('Y', 0, "", "");
        events++;
      }
    }
    return log.disk(folder);
  }
}
