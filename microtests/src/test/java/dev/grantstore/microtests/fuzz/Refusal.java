package dev.grantstore.microtests.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may be said of an input that is refused, and may come out of one that is taken. */
final class Refusal {
  private static final int MOST_CHARACTERS = 1_200;
  private static final char REPLACEMENT = '\ufffd';

  /** Names of classes, and what moves a cursor or starts a line. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "(?:java|javax|jdk|com|org|picocli|dev)[.][a-z]+[.]|Exception\\b|[\\p{Cntrl}&&[^\\t]]");

  private Refusal() {}

  /**
   * {@return false} Checks the words of a refusal: a line, printable, no class but a quoted one.
   */
  static boolean inWords(Exception refused, byte[] input) {
    String message = refused.getMessage();
    if (message == null || message.isBlank() || message.length() > MOST_CHARACTERS) {
      throw new AssertionError("refused without words, or with too many", refused);
    }
    String given = new String(input, StandardCharsets.ISO_8859_1);
    Matcher foreign = FOREIGN.matcher(message);
    while (foreign.find()) {
      boolean isQuoted = foreign.group().length() > 1 && given.contains(foreign.group());
      if (!isQuoted) {
        throw new AssertionError("refused in foreign words: " + message, refused);
      }
    }
    return false;
  }

  /** Checks that a text holds no character that stands for what was lost, unless the input did. */
  static void loseNothing(Object text, byte[] input) {
    if (text.toString().indexOf(REPLACEMENT) < 0) {
      return;
    }
    String given = new String(input, StandardCharsets.ISO_8859_1);
    boolean isGiven =
        given.contains("\u00ef\u00bf\u00bd") || given.toLowerCase(Locale.ROOT).contains("\\ufffd");
    if (!isGiven) {
      throw new AssertionError("a character was lost: " + text);
    }
  }

  /** Checks that what was read, written and read again is the same. */
  static void same(Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new AssertionError("does not come back: " + expected + "\nbut: " + found);
    }
  }
}
