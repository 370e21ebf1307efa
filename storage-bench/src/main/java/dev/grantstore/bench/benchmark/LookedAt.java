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
    return this == ALL_FIELDS ? plain + "all" : plain;
  }

  /** {@return the title of a list or scan that looks at this} */
  String title(String plain) {
    return this == ALL_FIELDS ? plain + ", " + words : plain;
  }

  /** {@return the description of a list or scan that looks at this} */
  String description(String plain) {
    return plain
        + (this == ALL_FIELDS
            ? "; of each row its six ids, its time and its flag"
            : "; of each row its grant id");
  }

  @Override
  public String toString() {
    return words;
  }
}
