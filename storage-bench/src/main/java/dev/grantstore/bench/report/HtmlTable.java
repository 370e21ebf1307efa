package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Table.Row;
import dev.grantstore.bench.report.Table.Value;

/** Lays out a {@link Table} so that it scrolls within itself where it is too wide. */
final class HtmlTable {
  private final Drawings drawings;

  HtmlTable(Drawings drawings) {
    this.drawings = drawings;
  }

  /** {@return the table under its title} */
  Element under(Table table) {
    return Element.of("div")
        .add(Element.styled("p", "caption").text(table.title()))
        .add(scrolling(table));
  }

  /** {@return the table, folded up under its title; print opens it} */
  Element folded(Table table) {
    return Element.of("details").add(Element.of("summary", table.title())).add(scrolling(table));
  }

  private Element scrolling(Table table) {
    Element head = Element.of("tr").add(column(Element.of("th", table.corner())));
    for (String name : table.columns()) {
      head.add(
          column(
              table.isOfEngines()
                  ? Element.of("th").add(drawings.name(name))
                  : Element.of("th", name)));
    }
    Element body = Element.of("tbody");
    table.rows().stream().filter(row -> !row.name().isEmpty()).forEach(row -> body.add(row(row)));
    return Element.styled("div", "scroll")
        .with("role", "region")
        .with("tabindex", "0")
        .with("aria-label", table.title())
        .add(Element.of("table").add(Element.of("thead").add(head)).add(body));
  }

  private static Element column(Element head) {
    return head.with("scope", "col");
  }

  private static Element row(Row row) {
    Element name =
        row.link().isEmpty()
            ? Element.of("th", row.name())
            : Element.of("th").add(Element.of("a", row.name()).with("href", row.link()));
    Element element = Element.of("tr").add(name.with("scope", "row"));
    for (Value value : row.values()) {
      String interval = value.interval();
      element.add(Element.of("td", value.text() + (interval.isEmpty() ? "" : "\n" + interval)));
    }
    return element;
  }
}
