package dev.grantstore.bench.report;

import dev.grantstore.bench.result.RunResult;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A page read back as XML, and what a reader sees of it: blanks alike, and one at a time. */
final class PageText {
  private final Document document;

  private PageText(Document document) {
    this.document = document;
  }

  static PageText of(RunResult result) {
    return parse(HtmlReport.render(result));
  }

  static PageText parse(String page) {
    try {
      DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      return new PageText(builder.parse(new InputSource(new StringReader(page))));
    } catch (ParserConfigurationException | IOException | SAXException e) {
      throw new AssertionError("page is not well-formed", e);
    }
  }

  List<Element> elements() {
    NodeList all = document.getElementsByTagName("*");
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      elements.add((Element) all.item(i));
    }
    return elements;
  }

  List<Element> elements(String name) {
    return elements().stream().filter(element -> element.getTagName().equals(name)).toList();
  }

  String text() {
    return words(elements("body").get(0));
  }

  /** {@return what stands in the part of that id} */
  String section(String id) {
    return elements().stream()
        .filter(element -> element.getAttribute("id").equals(id))
        .findFirst()
        .map(PageText::words)
        .orElseThrow(() -> new AssertionError("no such part: " + id));
  }

  /** {@return the verdict under that title} */
  String verdict(String title) {
    return elements("ol").stream()
        .flatMap(list -> children(list).stream())
        .filter(item -> words(first(item, "h3")).equals(title))
        .findFirst()
        .map(PageText::words)
        .orElseThrow(() -> new AssertionError("no such verdict: " + title));
  }

  private static Element first(Element parent, String name) {
    return (Element) parent.getElementsByTagName(name).item(0);
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  private static String words(Element element) {
    return element.getTextContent().replaceAll("[\\s\\u00a0]+", " ").strip();
  }
}
