package dev.grantstore.equivalence.fault;

import dev.grantstore.GrantStore;
import dev.grantstore.OpenMode;
import dev.grantstore.equivalence.run.CrashImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Stores of one engine as they are when they were closed and when their writer was killed. One pair
 * for each kind of durable call as the last one: after it there are only writes that may be lost.
 */
final class Samples {
  private static final int CYCLE = 2;
  private static final int OLDER_BY = 7;

  private final List<Sample> samples = new ArrayList<>();

  /**
   * One store.
   *
   * @param name what it is, for people
   * @param store its folder; never opened
   * @param older a copy of it from before
   * @param foreign another store's folder
   * @param seed of its script
   * @param leastSteps the fewest steps that must be there
   * @param mostSteps the steps that were done
   */
  record Sample(
      String name, Path store, Path older, Path foreign, long seed, int leastSteps, int mostSteps) {

    /** {@return the paths of its files within it, in order} */
    List<String> files() throws IOException {
      try (Stream<Path> found = Files.walk(store)) {
        return found
            .filter(Files::isRegularFile)
            .map(file -> store.relativize(file).toString())
            .sorted()
            .toList();
      }
    }

    Trial trial(String scheme, Path copy, OpenMode mode, boolean writes) {
      return new Trial(scheme, copy, mode, seed, leastSteps, mostSteps, true, writes);
    }
  }

  private Samples() {}

  /**
   * Makes them; a closed one, then a killed one, and so on.
   *
   * @param scheme the engine's
   * @param seed of their script
   * @param folder an existing, empty one
   * @param onePair whether the pair of one kind of durable call is enough
   */
  static List<Sample> make(String scheme, long seed, Path folder, boolean onePair)
      throws IOException {
    Samples made = new Samples();
    Script script = new Script(seed);
    Path foreign = Files.createDirectories(folder.resolve("foreign"));
    List<Integer> durable = lastDurable(script);
    made.make(scheme, new Script(seed + 1), durable.get(0), foreign, foreign);
    made.samples.clear();
    int one = Math.floorMod(seed, durable.size());
    for (int step : onePair ? durable.subList(one, one + 1) : durable) {
      made.make(scheme, script, step, folder.resolve("after-" + step), foreign);
    }
    return List.copyOf(made.samples);
  }

  /** The durable steps of one cycle. */
  private static List<Integer> lastDurable(Script script) {
    List<Integer> steps = new ArrayList<>();
    for (int i = 0; i < Script.CYCLE_STEPS; i++) {
      int step = CYCLE * Script.CYCLE_STEPS + i;
      if (script.kind(step).isDurable()) {
        steps.add(step);
      }
    }
    return steps;
  }

  private void make(String scheme, Script script, int durable, Path folder, Path foreign)
      throws IOException {
    Path store = Files.createDirectories(folder).resolve("closed");
    int older = durable - OLDER_BY;
    int end = durable + 1;
    try (GrantStore writer = Judge.open(scheme, store, OpenMode.CREATE)) {
      run(script, writer, 0, older);
    }
    CrashImage.take(store, folder.resolve("closed-older"));
    try (GrantStore writer = Judge.open(scheme, store, OpenMode.OPEN)) {
      CrashImage.take(store, folder.resolve("killed-older"));
      run(script, writer, older, durable);
      // So that only the durable call itself keeps what it did.
      writer.flush();
      while (!script.kind(end).isDurable() && script.kind(end) != Script.Kind.START) {
        end++;
      }
      run(script, writer, durable, end);
      CrashImage.take(store, folder.resolve("killed"));
    }
    String last = script.kind(durable).name().toLowerCase(java.util.Locale.ROOT);
    samples.add(sample("closed", last, folder, foreign, script.seed(), end, end));
    samples.add(sample("killed", last, folder, foreign, script.seed(), durable + 1, end));
  }

  private static Sample sample(
      String how, String last, Path folder, Path foreign, long seed, int least, int most) {
    return new Sample(
        how + " after " + last,
        folder.resolve(how),
        folder.resolve(how + "-older"),
        foreign.resolve(how),
        seed,
        least,
        most);
  }

  private static void run(Script script, GrantStore store, int from, int to) {
    for (int step = from; step < to; step++) {
      script.run(store, step, () -> {});
    }
  }
}
