package dev.grantstore.equivalence.replay;

import dev.grantstore.NotUtf8Exception;
import dev.grantstore.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Any text as printable ASCII.
 *
 * <pre>
 * text   := (plain | byte | run)*
 * plain  := printable ASCII but percent and the double quote
 * byte   := '%' hex hex                 one UTF-8 byte
 * run    := '%{' hex hex '*' count '}'  so many of one byte, such as %{41*65536}
 * </pre>
 */
final class PercentText {
  private static final int LEAST_RUN = 16;
  private static final int MOST_RUN = 1 << 20;
  private static final HexFormat HEX = HexFormat.of();

  private PercentText() {}

  static String encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < bytes.length) {
      int end = at + 1;
      while (end < bytes.length && bytes[end] == bytes[at]) {
        end++;
      }
      if (end - at >= LEAST_RUN) {
        out.append("%{").append(HEX.toHexDigits(bytes[at]));
        out.append('*').append(end - at).append('}');
      } else {
        end = at + 1;
        append(out, bytes[at]);
      }
      at = end;
    }
    return out.toString();
  }

  /**
   * {@return the text}
   *
   * @throws Malformed saying where
   */
  static String decode(String encoded) throws Malformed {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < encoded.length()) {
      char c = encoded.charAt(at);
      if (c == '%' && encoded.startsWith("{", at + 1)) {
        at = decodeRun(encoded, at, out);
      } else if (c == '%') {
        out.write(hex(encoded, at + 1, at));
        at += 3;
      } else if (c >= 0x20 && c < 0x7f && c != '"') {
        out.write(c);
        at++;
      } else {
        throw new Malformed("character must be percent-escaped", at);
      }
    }
    try {
      return Utf8.decode(out.toByteArray());
    } catch (NotUtf8Exception e) {
      throw new Malformed("bytes are not UTF-8", 0);
    }
  }

  private static int decodeRun(String encoded, int at, ByteArrayOutputStream out) throws Malformed {
    int value = hex(encoded, at + 2, at);
    int end = encoded.indexOf('}', at);
    if (end < 0 || encoded.charAt(at + 4) != '*') {
      throw new Malformed("run is not written %{hh*count}", at);
    }
    int count;
    try {
      count = Integer.parseInt(encoded.substring(at + 5, end));
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw new Malformed("run is not written %{hh*count}", at);
    }
    if (count < 0 || count > MOST_RUN) {
      throw new Malformed("run is too long", at);
    }
    for (int i = 0; i < count; i++) {
      out.write(value);
    }
    return end + 1;
  }

  private static int hex(String encoded, int from, int at) throws Malformed {
    if (from + 2 > encoded.length()
        || !HexFormat.isHexDigit(encoded.charAt(from))
        || !HexFormat.isHexDigit(encoded.charAt(from + 1))) {
      throw new Malformed("percent without two hexadecimal digits", at);
    }
    return HexFormat.fromHexDigits(encoded, from, from + 2);
  }

  private static void append(StringBuilder out, byte b) {
    if (b >= 0x20 && b < 0x7f && b != '%' && b != '"') {
      out.append((char) b);
    } else {
      out.append('%').append(HEX.toHexDigits(b));
    }
  }

  /** Says what is wrong, and at which character. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    Malformed(String problem, int offset) {
      super(problem);
      this.offset = offset;
    }

    int offset() {
      return offset;
    }
  }
}
