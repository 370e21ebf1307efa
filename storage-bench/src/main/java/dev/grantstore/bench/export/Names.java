package dev.grantstore.bench.export;

/** Makes names fit for forms in which blanks, commas and slashes end a name. */
final class Names {
  private Names() {}

  /** {@return the name, an underscore for everything that could end it} */
  static String word(String name) {
    StringBuilder out = new StringBuilder(name.length());
    name.codePoints().forEach(c -> out.appendCodePoint(isPlain(c) ? c : '_'));
    return out.length() == 0 ? "_" : out.toString();
  }

  private static boolean isPlain(int codePoint) {
    boolean ends = codePoint == ',' || codePoint == '/' || codePoint == '"';
    return codePoint > ' ' && codePoint < 0x7f && !ends;
  }
}
