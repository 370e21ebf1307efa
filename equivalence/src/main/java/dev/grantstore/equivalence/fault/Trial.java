package dev.grantstore.equivalence.fault;

import dev.grantstore.OpenMode;
import java.nio.file.Path;

/**
 * A store that something was done to, and what it may hold.
 *
 * @param scheme the engine's
 * @param store its folder; opened and written, so a copy
 * @param mode how it is opened
 * @param seed of the {@link Script} that it was written by
 * @param leastSteps the fewest steps whose content it may have
 * @param mostSteps the most steps whose content it may have
 * @param mayRefuse whether calls may be refused because of damage
 * @param writes whether it is written and opened again, too
 */
record Trial(
    String scheme,
    Path store,
    OpenMode mode,
    long seed,
    int leastSteps,
    int mostSteps,
    boolean mayRefuse,
    boolean writes) {

  private static final String SEPARATOR = "\t";

  /** {@return the same of another folder} */
  Trial of(Path folder) {
    return new Trial(scheme, folder, mode, seed, leastSteps, mostSteps, mayRefuse, writes);
  }

  /** {@return the line that asks a judge for a verdict} */
  String line() {
    return String.join(
        SEPARATOR,
        scheme,
        mode.name(),
        Long.toString(seed),
        Integer.toString(leastSteps),
        Integer.toString(mostSteps),
        Boolean.toString(mayRefuse),
        Boolean.toString(writes),
        store.toString());
  }

  static Trial parse(String line) {
    String[] words = line.split(SEPARATOR, 8);
    if (words.length < 8) {
      throw new IllegalArgumentException("not a trial: " + line);
    }
    return new Trial(
        words[0],
        Path.of(words[7]),
        OpenMode.valueOf(words[1]),
        Long.parseLong(words[2]),
        Integer.parseInt(words[3]),
        Integer.parseInt(words[4]),
        Boolean.parseBoolean(words[5]),
        Boolean.parseBoolean(words[6]));
  }
}
