package dev.grantstore.bench.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table that scrolls within itself where it is too wide. The first column names the rows. One
 * thread.
 */
final class Table {
  private final String caption;
  private final Element head = Element.of("tr");
  private final Element body = Element.of("tbody");
  private final int columns;
  private boolean isEmpty = true;

  Table(String caption, List<String> columns) {
    this(caption, columns.stream().map(name -> Element.of("th", name)).toList(), columns.size());
  }

  private Table(String caption, List<Element> columns, int count) {
    this.caption = caption;
    this.columns = count;
    columns.forEach(column -> head.add(column.with("scope", "col")));
  }

  /** {@return a table whose columns, after the first, are engines} */
  static Table byEngine(String caption, String first, List<String> engines, Marks marks) {
    List<Element> columns = new ArrayList<>();
    columns.add(Element.of("th", first));
    engines.forEach(engine -> columns.add(Element.of("th").add(marks.name(engine))));
    return new Table(caption, columns, columns.size());
  }

  Table row(String name, List<String> cells) {
    return row(Element.of("th", name), cells);
  }

  Table row(Element name, List<String> cells) {
    if (cells.size() != columns - 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "row does not fit the table: cells=%d columns=%d",
              cells.size(),
              columns));
    }
    Element row = Element.of("tr").add(name.with("scope", "row"));
    cells.forEach(cell -> row.add(Element.of("td", cell)));
    body.add(row);
    isEmpty = false;
    return this;
  }

  /** Adds a row unless nothing is known in it. */
  Table rowIfAny(String name, List<String> cells) {
    return cells.stream().allMatch(Units.NOTHING::equals) ? this : row(name, cells);
  }

  boolean isEmpty() {
    return isEmpty;
  }

  /** {@return the table under its caption} */
  Element render() {
    return Element.of("div").add(Element.styled("p", "caption").text(caption)).add(scrolling());
  }

  /** {@return the table, folded up under its caption; print opens it} */
  Element folded() {
    return Element.of("details").add(Element.of("summary", caption)).add(scrolling());
  }

  private Element scrolling() {
    return Element.styled("div", "scroll")
        .with("role", "region")
        .with("tabindex", "0")
        .with("aria-label", caption)
        .add(Element.of("table").add(Element.of("thead").add(head)).add(body));
  }
}
