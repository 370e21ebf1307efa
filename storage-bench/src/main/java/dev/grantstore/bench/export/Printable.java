package dev.grantstore.bench.export;

import java.util.Locale;

/** Makes a text that came from outside fit into a line of a terminal. */
public final class Printable {
  private Printable() {}

  /**
   * {@return the text, with what moves the cursor or ends the line escaped}
   *
   * @param text any
   */
  public static String line(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (breaksLines(c)) {
                out.append(escape(c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  private static boolean breaksLines(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static String escape(int codePoint) {
    return codePoint == '\n' ? "\\n" : String.format(Locale.ROOT, "\\u%04x", codePoint);
  }
}
