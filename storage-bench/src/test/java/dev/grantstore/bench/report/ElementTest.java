package dev.grantstore.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ElementTest {
  @Test
  void textAndAttributesAreEscaped() {
    String written = Element.of("td", "<b>&'\"").with("title", "\"><script>").render();

    assertThat(written)
        .isEqualTo("\n<td title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&#39;&quot;</td>");
  }

  @Test
  void charactersThatXmlHasNoneOfAreReplaced() {
    assertThat(Element.escaped("a\u0000b\u001bc\ud800d\uffff\u0085")).isEqualTo("a�b�c�d��");
  }

  @Test
  void textThatTurnsItsLineAroundIsDisarmed() {
    assertThat(Element.escaped("a\u202egpj\u2066")).isEqualTo("a�gpj�");
  }

  @Test
  void lettersOfAllLanguagesStay() {
    assertThat(Element.escaped("Größe 大小 😀\n\t")).isEqualTo("Größe 大小 😀\n\t");
  }

  @Test
  void emptyElementsAreWrittenAsHtmlWantsThem() {
    assertThat(Element.of("br").render()).isEqualTo("\n<br/>");
    assertThat(Element.of("td").render()).isEqualTo("\n<td></td>");
  }
}
