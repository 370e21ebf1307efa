package dev.grantstore.equivalence.fault;

import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.equivalence.run.CrashImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets a process write a store, and kills it at a moment drawn. One thread. */
final class Kills {
  private static final int MOST_STEPS_BEFORE = 12;
  private static final int OPENINGS_OF = 6;
  private static final int LONGEST_OPENING_MICROS = 300_000;
  private static final int LONGEST_CALL_MICROS = 20_000;

  private final String scheme;
  private final Path scratch;
  private final Set<String> usualNames;

  /**
   * How a writer ended.
   *
   * @param moment what it was at
   * @param done the steps that it was told are done, also those of earlier lives
   * @param failure why it ended by itself; empty if it was killed
   */
  record Death(String moment, int done, Optional<String> failure) {
    Verdict verdict() {
      return Verdict.of(Verdict.Kind.RAW, failure.orElseThrow());
    }
  }

  Kills(String scheme, Path scratch) throws IOException {
    this.scheme = scheme;
    this.scratch = scratch;
    Path usual = scratch.resolve("usual");
    Script script = new Script(0);
    try (GrantStore store = Judge.open(scheme, usual, OpenMode.CREATE)) {
      for (int step = 0; step < Script.CYCLE_STEPS; step++) {
        script.run(store, step, () -> {});
      }
    }
    usualNames = names(usual);
    CrashImage.delete(usual);
  }

  /**
   * Lets a new process go on with a store, and kills it.
   *
   * @param store its folder, or nothing yet
   * @param seed of the script
   * @param steps how many it holds
   * @param random draws the moment
   */
  Death writeAndKill(Path store, long seed, int steps, SplittableRandom random)
      throws IOException, InterruptedException {
    Target target = Target.draw(steps, random);
    String moment = "";
    int done = steps;
    try (Child writer =
        Child.start(
            scratch,
            Writer.class,
            scheme,
            store.toString(),
            Long.toString(seed),
            Integer.toString(steps))) {
      boolean isKilled = false;
      while (true) {
        Optional<String> line = writer.next(FaultCampaign.LONGEST_CASE);
        if (line.isEmpty()) {
          boolean isDead = writer.hasEnded();
          writer.kill();
          return new Death(
              moment,
              done,
              isKilled && isDead
                  ? Optional.empty()
                  : Optional.of(
                      isDead ? "writer ended: " + writer.lastWords(List.of()) : "writer hangs"));
        }
        if (line.get().startsWith(Writer.DONE)) {
          done = 1 + Integer.parseInt(line.get().substring(Writer.DONE.length()));
          moment = "BETWEEN";
        } else if (line.get().startsWith(Writer.AT)) {
          moment = line.get().substring(line.get().lastIndexOf(' ') + 1);
        } else if (line.get().equals(Writer.OPENING)) {
          moment = "OPENING";
        }
        if (!isKilled && target.isReached(moment, done)) {
          pause(target.micros());
          writer.kill();
          isKilled = true;
        }
      }
    }
  }

  /** {@return a verdict on what stands in a store's folder that was not made to stay there} */
  Verdict leftOver(Path store, Verdict otherwise) throws IOException {
    Set<String> left = names(store);
    left.removeAll(usualNames);
    // One for each sealed sync that was settled; unfinished ones have another ending.
    left.removeIf(name -> name.matches("digests-\\d+"));
    return left.isEmpty()
        ? otherwise
        : new Verdict(
            Verdict.Kind.RAW, otherwise.steps(), "left over after opening and closing: " + left);
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .map(path -> path.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static void pause(int micros) throws InterruptedException {
    Thread.sleep(micros / 1000, micros % 1000 * 1000);
  }

  /**
   * A moment to kill at.
   *
   * @param moment what the writer is to be at
   * @param leastSteps the steps that must be done before
   * @param micros how long to wait from then on
   */
  private record Target(String moment, int leastSteps, int micros) {
    private static final String[] MOMENTS = {
      "PUT",
      "PUT",
      "DELETE",
      "EXPIRE",
      "EXPIRE",
      "LOAD",
      Writer.COMMIT,
      "SEAL",
      "DROP",
      "FLUSH",
      "START"
    };

    static Target draw(int steps, SplittableRandom random) {
      if (random.nextInt(OPENINGS_OF) == 0) {
        return new Target("OPENING", 0, random.nextInt(LONGEST_OPENING_MICROS));
      }
      // Most calls are short: the longer the wait, the rarer.
      int micros = random.nextInt(1 + random.nextInt(LONGEST_CALL_MICROS));
      int least = steps + random.nextInt(MOST_STEPS_BEFORE);
      return new Target(MOMENTS[random.nextInt(MOMENTS.length)], least, micros);
    }

    boolean isReached(String at, int done) {
      return at.equals(moment) && done >= leastSteps;
    }
  }
}
