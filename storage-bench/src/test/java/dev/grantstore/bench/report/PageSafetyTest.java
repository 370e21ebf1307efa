package dev.grantstore.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.bench.testengine.Results;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** Whatever is in a result, the page stays one whole page and nothing in it is run or fetched. */
final class PageSafetyTest {
  private static final String HOSTILE =
      "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&lt;]]>--><!--</style>\u0000\u202e"
          + "{}url(x)%s%n$1\\";

  private static final List<String> PAGES =
      Stream.of(
              Results.aResult(),
              Variations.named(HOSTILE),
              Variations.named("x".repeat(5_000)),
              Variations.empty(),
              Variations.ofForks(1),
              Variations.interrupted(),
              Variations.openLoop(),
              Variations.onThreads(64))
          .map(HtmlReport::render)
          .toList();

  static List<Named<String>> pages() {
    return IntStream.range(0, PAGES.size())
        .mapToObj(i -> Named.of("page " + i, PAGES.get(i)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void pageHoldsOnlyElementsOfOurs(String page) {
    PageText read = PageText.parse(page);

    assertThat(read.elements())
        .extracting(Element::getTagName)
        .doesNotContain(
            "script", "img", "link", "iframe", "object", "embed", "base", "use", "image");
    assertThat(read.elements("style")).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void nothingIsFetchedOrRun(String page) {
    PageText read = PageText.parse(page);

    for (Element element : read.elements()) {
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        String name = element.getAttributes().item(i).getNodeName();
        assertThat(name).doesNotStartWith("on").isNotIn("src", "srcset", "style", "xlink:href");
        if (name.equals("href")) {
          assertThat(element.getAttribute(name)).startsWith("#");
        }
      }
    }
    assertThat(read.elements("style").get(0).getTextContent())
        .doesNotContain("url(", "@import", "http");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhereAndIdsAreUnique(String page) {
    PageText read = PageText.parse(page);
    Set<String> ids = new HashSet<>();
    List<String> wanted = new ArrayList<>();
    for (Element element : read.elements()) {
      if (element.hasAttribute("id")) {
        assertThat(ids.add(element.getAttribute("id"))).as(element.getAttribute("id")).isTrue();
      }
      if (element.hasAttribute("href")) {
        wanted.add(element.getAttribute("href").substring(1));
      }
      if (element.hasAttribute("aria-labelledby")) {
        wanted.addAll(List.of(element.getAttribute("aria-labelledby").split(" ")));
      }
    }
    assertThat(ids).containsAll(wanted);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noFigureIsBroken(String page) {
    assertThat(page).doesNotContain("NaN", "Infinity", "null</", "http://", "https://");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyDrawingIsDescribed(String page) {
    for (Element drawing : PageText.parse(page).elements("svg")) {
      boolean hidden = drawing.getAttribute("aria-hidden").equals("true");
      boolean described = drawing.getElementsByTagName("desc").getLength() == 1;
      assertThat(hidden || described).isTrue();
    }
  }
}
