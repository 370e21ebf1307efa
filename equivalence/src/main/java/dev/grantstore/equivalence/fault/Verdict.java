package dev.grantstore.equivalence.fault;

import java.util.Objects;

/**
 * What became of one case.
 *
 * @param kind in one word
 * @param steps the number of steps of the script whose content the store has; -1 if it was not told
 * @param detail what was asked and answered, on one line
 */
record Verdict(Kind kind, int steps, String detail) {
  /** In one word. */
  enum Kind {
    /** Every answer was right: what was hurt is in no use, or was made good. */
    RIGHT(false),
    /**
     * Writes are gone that the durability mode does not promise to keep; what is there is right.
     */
    TAIL(false),
    /** Some call was refused, with a reason of the contract; every answer was right. */
    REFUSED(false),
    /** Some answer was wrong; bytes of a row are others, which its checksum must tell. */
    ROW(true),
    /** Some answer was wrong; a page of rows is another, in a file that has no checksums. */
    PAGE(false),
    /** Some call was refused, with a reason of the contract, and nothing was damaged. */
    UNAVAILABLE(true),
    /** Some answer was wrong. */
    SILENT(true),
    /** Something was thrown that the contract does not know here. */
    RAW(true),
    /** A call did not end; the JVM was killed. */
    HANG(true),
    /** The JVM died. */
    DEAD(true);

    private final boolean isFinding;

    Kind(boolean isFinding) {
      this.isFinding = isFinding;
    }

    /** {@return whether the store is to blame} */
    boolean isFinding() {
      return isFinding;
    }
  }

  private static final int UNKNOWN_STEPS = -1;
  private static final String MARK = "verdict ";

  Verdict {
    Objects.requireNonNull(kind, "kind");
    detail = detail.lines().map(String::strip).reduce((a, b) -> a + " | " + b).orElse("");
  }

  static Verdict of(Kind kind, String detail) {
    return new Verdict(kind, UNKNOWN_STEPS, detail);
  }

  /** {@return the line by which a judge tells it} */
  String line() {
    return MARK + kind + " " + steps + " " + detail;
  }

  static boolean isLine(String line) {
    return line.startsWith(MARK);
  }

  static Verdict parse(String line) {
    String[] words = line.substring(MARK.length()).split(" ", 3);
    return new Verdict(Kind.valueOf(words[0]), Integer.parseInt(words[1]), words[2]);
  }
}
