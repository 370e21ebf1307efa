package dev.grantstore;

import java.util.Locale;

/** How ids and bytes are shown in messages: escaped to printable ASCII, at most 64 characters. */
public final class Excerpt {
  private static final int LIMIT = 64;

  private Excerpt() {}

  /**
   * {@return {@code text} in double quotes, everything outside printable ASCII escaped, cut to 64
   * characters}
   *
   * @param text any text
   */
  public static String of(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      if (out.length() > LIMIT) {
        return out.append("\"...").toString();
      }
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= 0x20 && c < 0x7f) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return out.append('"').toString();
  }

  /**
   * {@return the bytes in double quotes, everything outside printable ASCII as {@code \xNN}, cut to
   * 64 characters}
   *
   * @param bytes holds the bytes
   * @param offset where they start
   * @param length how many
   */
  public static String of(byte[] bytes, int offset, int length) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = offset; i < offset + length; i++) {
      if (out.length() > LIMIT) {
        return out.append("\"...").toString();
      }
      int b = bytes[i] & 0xff;
      if (b == '"' || b == '\\') {
        out.append('\\').append((char) b);
      } else if (b >= 0x20 && b < 0x7f) {
        out.append((char) b);
      } else {
        out.append(String.format(Locale.ROOT, "\\x%02x", b));
      }
    }
    return out.append('"').toString();
  }
}
