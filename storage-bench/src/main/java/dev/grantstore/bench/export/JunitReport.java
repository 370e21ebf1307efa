package dev.grantstore.bench.export;

import dev.grantstore.bench.compare.Change;
import dev.grantstore.bench.compare.Gate;
import dev.grantstore.bench.compare.Verdict;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A gate as the XML that JUnit's reports are in, which CI systems show: a test case for each
 * figure, failed if it became worse, skipped if that can be neither shown nor ruled out, and one
 * for the gate itself, with an error where it could not judge.
 */
public final class JunitReport {
  private static final String SUITE = "storage-bench gate";

  /** Outcomes of which no figure is the reason. */
  private static final List<Gate.Outcome> ERRORS =
      List.of(
          Gate.Outcome.WRONG_ANSWERS,
          Gate.Outcome.FAILED,
          Gate.Outcome.NOT_MEASURED,
          Gate.Outcome.CANNOT_CLAIM);

  private JunitReport() {}

  /**
   * {@return a gate as XML}
   *
   * @param gate any
   * @param strict whether what can be neither shown nor ruled out fails the gate
   */
  public static String xml(Gate gate, boolean strict) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      out.writeStartDocument("UTF-8", "1.0");
      out.writeCharacters("\n");
      suite(gate, strict, out);
      out.writeEndDocument();
      out.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML cannot be written: " + e.getMessage(), e);
    }
    return text.append('\n').toString();
  }

  private static void suite(Gate gate, boolean strict, XMLStreamWriter out)
      throws XMLStreamException {
    List<Change> changes = gate.comparison().changes();
    boolean isError =
        ERRORS.contains(gate.outcome()) || (strict && gate.outcome() == Gate.Outcome.INCONCLUSIVE);
    out.writeStartElement("testsuite");
    out.writeAttribute("name", SUITE);
    out.writeAttribute("tests", String.valueOf(changes.size() + 1));
    out.writeAttribute("failures", count(changes.stream().filter(JunitReport::isWorse).count()));
    out.writeAttribute("errors", isError ? "1" : "0");
    out.writeAttribute("skipped", count(changes.stream().filter(JunitReport::isUnclear).count()));
    for (Change change : changes) {
      start(change.secondEngine() + " " + change.name() + " " + change.metric().unit(), out);
      if (isWorse(change)) {
        element("failure", words(change), out);
      } else if (isUnclear(change)) {
        element("skipped", words(change) + ", " + change.reason(), out);
      }
      out.writeEndElement();
    }
    start("gate", out);
    if (isError) {
      element("error", gate.outcome().words() + ": " + String.join("; ", gate.reasons()), out);
    } else {
      out.writeStartElement("system-out");
      out.writeCharacters(
          cleaned(gate.outcome().words() + "\n" + String.join("\n", gate.reasons())));
      out.writeEndElement();
    }
    out.writeEndElement();
    out.writeEndElement();
  }

  private static void start(String name, XMLStreamWriter out) throws XMLStreamException {
    out.writeStartElement("testcase");
    out.writeAttribute("classname", SUITE);
    out.writeAttribute("name", cleaned(name));
    out.writeAttribute("time", "0");
  }

  private static void element(String name, String message, XMLStreamWriter out)
      throws XMLStreamException {
    out.writeStartElement(name);
    out.writeAttribute("message", cleaned(message));
    if (!name.equals("skipped")) {
      out.writeAttribute("type", name);
      out.writeCharacters(cleaned(message));
    }
    out.writeEndElement();
  }

  private static boolean isWorse(Change change) {
    return change.verdict() == Verdict.WORSE;
  }

  private static boolean isUnclear(Change change) {
    return !isWorse(change) && !change.rulesOutWorse();
  }

  private static String words(Change change) {
    return String.format(
        Locale.ROOT,
        "%s: %+.1f %% (%+.1f to %+.1f), p %.4f, limit %.1f %%",
        change.verdict().words(),
        change.deltaPercent(),
        change.lowPercent(),
        change.highPercent(),
        change.correctedP(),
        change.limit().percent());
  }

  private static String count(long number) {
    return String.valueOf(number);
  }

  /** Names and reasons may come from files: XML 1.0 has no place for some characters. */
  private static String cleaned(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints().map(c -> isAllowed(c) ? c : '?').forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isAllowed(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd)
        || (c >= 0x10000 && c <= 0x10ffff);
  }
}
