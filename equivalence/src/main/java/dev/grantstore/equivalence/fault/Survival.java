package dev.grantstore.equivalence.fault;

import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Which of the changes that were not synced a loss of power leaves.
 *
 * @param names of files
 * @param allData of every file; where empty, each file draws its own
 * @param seed draws among them
 */
record Survival(Names names, Optional<Data> allData, long seed) {
  static final Survival EVERYTHING = new Survival(Names.ALL, Optional.of(Data.ALL), 0);

  /** Which names were made, renamed and removed. */
  enum Names {
    NOTHING,
    ALL,
    /** The first ones, and all those before any sync: a journal of the whole file system. */
    ORDERED,
    SOME,
    /** All but one. */
    HOLE,
    /** One. */
    ONLY;

    boolean keeps(int place, int one, SplittableRandom random) {
      return switch (this) {
        case NOTHING -> false;
        case ALL -> true;
        case ORDERED -> place < one;
        case SOME -> random.nextBoolean();
        case HOLE -> place != one;
        case ONLY -> place == one;
      };
    }
  }

  /** Which pages of a file were written, and which length it has. */
  enum Data {
    NOTHING,
    ALL,
    /** The first writes, the last of them in part. */
    PREFIX,
    /** Each page as of some moment, and so the length. */
    SOME,
    /** All but one page. */
    HOLE,
    /** One page. */
    ONLY,
    /** The length alone: zeros where there was nothing. */
    LENGTH
  }

  /** What was never synced is not there. */
  static Survival ofCertain() {
    return new Survival(Names.NOTHING, Optional.of(Data.NOTHING), 0);
  }

  static Survival draw(SplittableRandom random) {
    Names names = Names.values()[random.nextInt(Names.values().length)];
    Optional<Data> data = random.nextBoolean() ? Optional.empty() : Optional.of(drawData(random));
    return new Survival(names, data, random.nextLong());
  }

  Data data(SplittableRandom random) {
    return allData.orElseGet(() -> drawData(random));
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "of what was not synced: names %s, data %s",
        names,
        allData.map(Data::name).orElse("each file another"));
  }

  private static Data drawData(SplittableRandom random) {
    return Data.values()[random.nextInt(Data.values().length)];
  }
}
