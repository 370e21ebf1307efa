package dev.grantstore.bench.report;

import dev.grantstore.bench.report.Style.Tone;
import dev.grantstore.bench.report.Unit.Scale;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Figures and facts beside each other, mostly of engines. Both printers lay it out: on the page
 * each row is a row; in text a row with a head is a column, and one without is a fact in a line.
 *
 * @param title what it is about
 * @param corner what stands over the names of the rows
 * @param columns whose the values are
 * @param isOfEngines whether the columns are engines
 * @param rows in order
 */
record Table(
    String title, String corner, List<String> columns, boolean isOfEngines, List<Row> rows) {

  /** Checks that each row fits. */
  Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.values().size() != columns.size()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "row does not fit the table: cells=%d columns=%d",
                row.values().size(),
                columns.size()));
      }
    }
  }

  static Table ofEngines(String title, List<String> engines, List<Row> rows) {
    return new Table(title, "", engines, true, rows);
  }

  /** {@return without the rows in which nothing is known} */
  Table known() {
    List<Row> known =
        rows.stream().filter(row -> !row.values().stream().allMatch(Value::isNothing)).toList();
    return new Table(title, corner, columns, isOfEngines, known);
  }

  /**
   * One figure or fact.
   *
   * @param name on the page, and of a fact; empty where only text has it
   * @param head of its column in text; empty where it is none
   * @param link to a part of the page that says more; empty where none does
   * @param values one for each column of the table
   */
  record Row(String name, String head, String link, List<Value> values) {
    static Row of(String name, String head, List<Value> values) {
      return new Row(name, head, "", values);
    }

    static Row fact(String name, List<String> words) {
      return new Row(name, "", "", words.stream().map(Value::words).toList());
    }
  }

  /**
   * What is known of a figure or a fact.
   *
   * @param unit what the number counts
   * @param number not a number where nothing is known, or words are all there is
   * @param low the lower end of its interval; not a number where there are too few forks for one
   * @param high its upper end
   * @param words instead of a number
   * @param tone whether it is to be doubted
   */
  record Value(Unit unit, double number, double low, double high, String words, Tone tone) {
    static final Value NOTHING = words("");

    static Value of(Unit unit, double number) {
      return new Value(unit, number, Double.NaN, Double.NaN, "", Tone.NEUTRAL);
    }

    static Value of(Unit unit, OptionalDouble number) {
      return number.isPresent() ? of(unit, number.getAsDouble()) : NOTHING;
    }

    static Value words(String words) {
      return new Value(Unit.NONE, Double.NaN, Double.NaN, Double.NaN, words, Tone.NEUTRAL);
    }

    Value between(double lowest, double highest) {
      return new Value(unit, number, lowest, highest, words, tone);
    }

    Value toned(Tone other) {
      return new Value(unit, number, low, high, words, other);
    }

    boolean isNothing() {
      return Double.isNaN(number) && words.isEmpty();
    }

    /** {@return whether it is words, which stand left in a column} */
    boolean isWords() {
      return !words.isEmpty();
    }

    /** {@return it with its unit, or its words} */
    String text() {
      return isWords() ? words : isNothing() ? Units.NOTHING : unit.words(number);
    }

    /**
     * {@return its interval with units, such as {@code (1 ns to 2 ns)}; empty where it has none}
     */
    String interval() {
      return Double.isNaN(low)
          ? ""
          : String.format(Locale.ROOT, "(%s to %s)", unit.words(low), unit.words(high));
    }

    /** {@return it in a column of text whose head has the unit} */
    String column(Scale scale) {
      return isWords() ? words : isNothing() ? "-" : unit.column(number, scale);
    }
  }
}
