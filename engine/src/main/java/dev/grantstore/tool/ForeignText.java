package dev.grantstore.tool;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text that others wrote, made fit for a terminal: what moves the cursor, rings, hides, or turns
 * the direction of writing is shown as <code>&#92;uNNNN</code>. In a JSON string that means the
 * same.
 */
public final class ForeignText {
  /** As much of one text as a message needs. */
  private static final int LIMIT = 200;

  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]{0,8}m");

  private ForeignText() {}

  /**
   * {@return the text without control characters, but for line ends and tabs}
   *
   * @param text any text
   */
  public static String visible(CharSequence text) {
    int first = 0;
    while (first < text.length() && isPlain(text.charAt(first))) {
      first++;
    }
    if (first == text.length()) {
      return text.toString();
    }
    StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (ends) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))
          && !isHidden(Character.toCodePoint(c, text.charAt(i + 1)))) {
        out.append(c).append(text.charAt(++i));
      } else if (isPlain(c)) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return out.toString();
  }

  /**
   * {@return the text in one visible line, of which nothing is lost: also line ends and tabs are
   * escaped}
   *
   * @param text any text
   */
  public static String line(CharSequence text) {
    String visible = visible(text.toString().replace("\r", "\\u000d"));
    return visible.replace("\n", "\\n").replace("\t", "\\u0009");
  }

  /** As {@link #visible}, but leaves the colours of a terminal. */
  static String visibleOrColoured(String text) {
    if (text.indexOf('\u001b') < 0) {
      return visible(text);
    }
    StringBuilder out = new StringBuilder();
    var colours = COLOUR.matcher(text);
    int from = 0;
    while (colours.find()) {
      out.append(visible(text.substring(from, colours.start()))).append(colours.group());
      from = colours.end();
    }
    return out.append(visible(text.substring(from))).toString();
  }

  /**
   * {@return the text in one visible line, cut to 200 characters}
   *
   * @param text any text
   */
  public static String excerpt(CharSequence text) {
    boolean isLong = text.length() > LIMIT;
    String line = visible(isLong ? text.subSequence(0, LIMIT) : text);
    return line.replaceAll("\\s*\\n\\s*", " ") + (isLong ? "..." : "");
  }

  private static boolean isPlain(char c) {
    return c == '\n'
        || c == '\t'
        || (c >= 0x20 && c < 0x7f)
        || (c >= 0xa0 && !Character.isSurrogate(c) && !isHidden(c));
  }

  /**
   * Formats without a shape (directions, joiners, marks, tags), separators, what is no character.
   */
  private static boolean isHidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
