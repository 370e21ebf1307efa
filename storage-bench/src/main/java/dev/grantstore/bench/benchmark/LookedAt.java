package dev.grantstore.bench.benchmark;

/**
 * What a benchmark looks at in an answer. Looking at one id flatters engines that decode what is
 * asked for, looking at everything those that decode all of a row at once; so lists and scans come
 * both ways.
 */
enum LookedAt {
  /** {@link dev.grantstore.Grant#id} of each row. */
  GRANT_ID("grant id"),
  /** Everything that a cursor tells of each row. */
  ALL_FIELDS("all fields"),
  /** The same, of many rows at a time: {@link dev.grantstore.GrantBatch}. */
  BATCHES("all fields by batches"),
  /** A {@link dev.grantstore.Grant}, made with every field; its id and principal are compared. */
  WHOLE_GRANT("a whole Grant"),
  /** A {@link dev.grantstore.GrantView}: ids, time and flag, copied; id and principal compared. */
  VIEW("a GrantView"),
  /** There is no more in the answer. */
  YES_OR_NO("yes or no");

  private final String words;

  LookedAt(String words) {
    this.words = words;
  }

  /** {@return the name of a list or scan that looks at this} */
  String name(String plain) {
    return switch (this) {
      case ALL_FIELDS -> plain + "all";
      case BATCHES -> plain + "batch";
      default -> plain;
    };
  }

  /** {@return the title of a list or scan that looks at this} */
  String title(String plain) {
    return areAllFields() ? plain + ", " + words : plain;
  }

  /** {@return the description of a list or scan that looks at this} */
  String description(String plain) {
    return plain
        + (areAllFields()
            ? "; of each row its six ids, its time and its flag"
            : "; of each row its grant id")
        + (this == BATCHES ? ", taken as columns of many rows, each value hashed once" : "");
  }

  /** {@return whether rows of lists are looked at whole} */
  boolean areAllFields() {
    return this == ALL_FIELDS || this == BATCHES;
  }

  @Override
  public String toString() {
    return words;
  }
}
