package dev.grantstore.bench.export;

import java.math.BigDecimal;

/** Numbers and names as programs read them. */
final class Plain {
  private Plain() {}

  /** {@return the shortest text that reads back as the same number: no exponent, no commas} */
  static String number(double value) {
    return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** {@return the name, an underscore for everything that ends a name where blanks, commas do} */
  static String name(String name) {
    StringBuilder out = new StringBuilder(name.length());
    name.codePoints().forEach(c -> out.appendCodePoint(isPlain(c) ? c : '_'));
    return out.length() == 0 ? "_" : out.toString();
  }

  private static boolean isPlain(int codePoint) {
    boolean ends = codePoint == ',' || codePoint == '/' || codePoint == '"';
    return codePoint > ' ' && codePoint < 0x7f && !ends;
  }
}
