package dev.grantstore.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One element of the page. Text and attribute values are escaped when written, so whatever comes
 * from a result stays text. What is written is HTML and well-formed XML at once. One thread.
 */
final class Element {
  /** Written without an end tag, as HTML wants them. */
  private static final Set<String> VOID =
      Set.of("meta", "br", "rect", "circle", "line", "path", "polyline", "use");

  /** Stands in the middle of a line, where a line feed would be seen as a blank. */
  private static final Set<String> INLINE =
      Set.of("span", "strong", "em", "code", "b", "i", "a", "abbr", "sup", "tspan", "svg", "use");

  private static final char REPLACEMENT = '\uFFFD';

  private final String name;
  private final StringBuilder attributes = new StringBuilder();
  private final List<Consumer<StringBuilder>> children = new ArrayList<>();

  private Element(String name) {
    this.name = name;
  }

  static Element of(String name) {
    return new Element(name);
  }

  static Element of(String name, String text) {
    return new Element(name).text(text);
  }

  /** {@return an element of a class of the style sheet} */
  static Element styled(String name, String classes) {
    return new Element(name).with("class", classes);
  }

  Element with(String attribute, String value) {
    attributes.append(' ').append(attribute).append("=\"").append(escaped(value)).append('"');
    return this;
  }

  /** Sets an attribute to a length or a place in a drawing, to a hundredth. */
  Element with(String attribute, double value) {
    return with(attribute, number(value));
  }

  Element text(String text) {
    String escaped = escaped(text);
    children.add(out -> out.append(escaped));
    return this;
  }

  Element add(Element child) {
    children.add(child::write);
    return this;
  }

  Element addAll(List<Element> all) {
    all.forEach(this::add);
    return this;
  }

  /** Adds the style sheet, which is ours and holds no markup. */
  Element style(String css) {
    children.add(out -> out.append(css));
    return this;
  }

  /** {@return a place in a drawing, to a hundredth, without needless zeros} */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    String shorter = text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
    return shorter.equals("-0") ? "0" : shorter;
  }

  String render() {
    StringBuilder out = new StringBuilder();
    write(out);
    return out.toString();
  }

  private void write(StringBuilder out) {
    if (!INLINE.contains(name)) {
      out.append('\n');
    }
    out.append('<').append(name).append(attributes);
    if (VOID.contains(name) && children.isEmpty()) {
      out.append("/>");
      return;
    }
    out.append('>');
    children.forEach(child -> child.accept(out));
    out.append("</").append(name).append('>');
  }

  /** {@return the text so that it means itself; characters that XML has none of are replaced} */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> escape(c, out));
    return out.toString();
  }

  private static void escape(int c, StringBuilder out) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(isAllowed(c) ? c : REPLACEMENT);
    }
  }

  private static boolean isAllowed(int c) {
    boolean text = c == '\t' || c == '\n' || c == '\r' || (c >= ' ' && c < 0x7f) || c > 0x9f;
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return text && !surrogate && c != 0xfffe && c != 0xffff && !isDirectionMark(c);
  }

  /** Such a character could make a name look like another, or turn the line around it. */
  private static boolean isDirectionMark(int c) {
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
  }
}
