package dev.grantstore.equivalence.replay;

/** What replay files call ids, syncs and settings. */
final class Names {
  private static final int LETTERS = 26;

  private Names() {}

  /** {@return a to z, then i26 and so on} */
  static String id(int index) {
    return index < LETTERS ? Character.toString('a' + index) : "i" + index;
  }

  static String sync(int index) {
    return "S" + index;
  }

  static String settings(int index) {
    return "O" + index;
  }
}
