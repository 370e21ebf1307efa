package dev.grantstore.equivalence.card;

import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Writes one JSON object, members in the order they come. One thread, used once. */
final class JsonText {
  private final StringBuilder out;
  private final String indent;
  private boolean isEmpty = true;

  private JsonText(StringBuilder out, String indent) {
    this.out = out.append('{');
    this.indent = indent;
  }

  static JsonText object() {
    return new JsonText(new StringBuilder(), "\n");
  }

  JsonText member(String name, String value) {
    begin(name);
    quote(value);
    return this;
  }

  JsonText member(String name, long value) {
    begin(name).append(value);
    return this;
  }

  JsonText member(String name, boolean value) {
    begin(name).append(value);
    return this;
  }

  /** Writes an array of objects, one for each value. */
  <T> JsonText members(String name, List<T> values, BiConsumer<JsonText, T> write) {
    begin(name).append('[');
    String separator = "";
    for (T value : values) {
      out.append(separator).append(indent).append("    ");
      JsonText element = new JsonText(out, indent + "    ");
      write.accept(element, value);
      element.end();
      separator = ",";
    }
    out.append(values.isEmpty() ? "" : indent + "  ").append(']');
    return this;
  }

  String text() {
    end();
    return out.append('\n').toString();
  }

  private StringBuilder begin(String name) {
    out.append(isEmpty ? "" : ",").append(indent).append("  ");
    isEmpty = false;
    quote(name);
    return out.append(": ");
  }

  private void end() {
    out.append(isEmpty ? "" : indent).append('}');
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= 0x20 && c < 0x7f) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    out.append('"');
  }
}
