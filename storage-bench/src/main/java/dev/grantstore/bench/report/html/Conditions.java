package dev.grantstore.bench.report.html;

/** How a question was asked, as small words beside its title. */
final class Conditions {
  private Conditions() {}

  static Element of(Question question) {
    Element line = Element.styled("p", "conditions");
    line.add(Element.styled("span", "code").text(question.benchmark()));
    question.conditions().forEach(words -> line.text(" ").add(Element.of("span", words)));
    return line;
  }
}
