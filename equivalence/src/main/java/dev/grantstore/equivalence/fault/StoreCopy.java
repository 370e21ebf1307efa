package dev.grantstore.equivalence.fault;

import dev.grantstore.OpenMode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A copy that a recorded store made of itself, beside it. Its name says what it is and what it
 * holds: {@code checkpoint-17}, {@code container-17}.
 *
 * @param kind what it is
 * @param steps of the script that were done when it was made
 */
record StoreCopy(Kind kind, int steps) {
  /** Opens containers. */
  static final String CONTAINER_SCHEME = "gsync";

  private static final Pattern NAME = Pattern.compile("(checkpoint|container)-([0-9]{1,9})");

  /** What a copy is. */
  enum Kind {
    /** A folder, a store of its own. */
    CHECKPOINT,
    /** A file with the syncs that were sealed. */
    CONTAINER
  }

  /** {@return its name beside the store} */
  String name() {
    return kind.name().toLowerCase(Locale.ROOT) + "-" + steps;
  }

  /** {@return the copy of that name; empty if no copy has such a name} */
  static Optional<StoreCopy> named(String name) {
    Matcher found = NAME.matcher(name);
    if (!found.matches()) {
      return Optional.empty();
    }
    Kind kind = Kind.valueOf(found.group(1).toUpperCase(Locale.ROOT));
    return Optional.of(new StoreCopy(kind, Integer.parseInt(found.group(2))));
  }

  /**
   * {@return what it must answer: it is whole, whenever it is there}
   *
   * @param scheme of the store's engine
   * @param place where it is
   * @param seed of the script
   */
  Trial trial(String scheme, Path place, long seed) {
    boolean isContainer = kind == Kind.CONTAINER;
    return new Trial(
        isContainer ? CONTAINER_SCHEME : scheme,
        place,
        isContainer ? OpenMode.READ_ONLY : OpenMode.OPEN,
        seed,
        steps,
        steps,
        false,
        !isContainer);
  }
}
