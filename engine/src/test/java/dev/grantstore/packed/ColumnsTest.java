package dev.grantstore.packed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Utf8View;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of byte strings at the edges of what their forms can say. */
final class ColumnsTest {
  @Test
  void numbersAtTheEdgesOfTheirBitsComeBack() throws Exception {
    int numbers = 0;
    for (int bits = 1; bits < PageBytes.MOST_BITS; bits++) {
      for (long spread : List.of((1L << bits) - 1, 1L << bits, (1L << bits) + 1)) {
        Column column =
            column(61, i -> digits(1_000 + (i % 2 == 0 ? i : spread - i + 1) % (spread + 1)));
        numbers += column.kind == Column.NUMBER ? 1 : 0;
      }
    }
    assertThat(numbers).isGreaterThan(PageBytes.MOST_BITS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 999, 1L << 31, 1L << 40})
  void numbersThatFallEvenlyComeBack(long step) throws Exception {
    Column column = column(40, i -> digits(40 * step - i * step));

    assertThat(column.step).isEqualTo(-step);
    assertThat(column.bits).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 8, 9, 16, 17, 255, 256, 257, 4_096, 4_097})
  void eachValueOfADictionaryComesBack(int values) throws Exception {
    Column column = column(3 * values, i -> text(i % values));

    assertThat(column.kind).isEqualTo(Column.DICTIONARY);
    assertThat(column.count).isEqualTo(values);
  }

  /** A dictionary says in two bytes how many values it has. */
  @ParameterizedTest
  @ValueSource(ints = {65_534, 65_535, 65_536, 65_537})
  void asManyValuesAsADictionaryHasAndMoreComeBack(int values) throws Exception {
    Column column = column(2 * values, i -> text(i % values));

    assertThat(column.kind).isEqualTo(values > 65_535 ? Column.TEXTS : Column.DICTIONARY);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 31, 32, 33})
  void hexOfEvenAndOddDigitsComesBack(int digits) throws Exception {
    String all = "0123456789abcdef";
    column(
        60,
        i ->
            "p-"
                + IntStream.range(0, digits)
                    .mapToObj(d -> all.substring((i * (d + 7) + d) % 16).substring(0, 1))
                    .reduce("", String::concat));
  }

  @Test
  void aColumnOfOneRowComesBack() throws Exception {
    for (String only : List.of("", "7", "f00", "0000", "x\u0000y", "99999999999999999999")) {
      column(1, i -> only);
    }
  }

  /** A search by numbers decides as one by bytes does, whatever is looked for. */
  @Test
  void aSearchInNumbersComparesAsBytesDo() throws Exception {
    for (int width = 1; width <= 4; width++) {
      int digits = width;
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        texts.add("p" + digits(Math.min(i * i, (int) Math.pow(10, digits) - 1), digits));
      }
      Values values = values(texts.size(), texts::get);
      ColumnReader reader = reader(values, written(values));
      for (String sought : soughtNear(texts)) {
        reader.seek(view(sought));
        for (int row = 0; row < texts.size(); row++) {
          assertThat(Integer.signum(reader.compareSought(row)))
              .as("%s and %s", texts.get(row), sought)
              .isEqualTo(Integer.signum(reader.compare(row, view(sought))));
        }
      }
    }
  }

  private static List<String> soughtNear(List<String> texts) {
    List<String> sought = new ArrayList<>(List.of("", "o", "p", "q", "p/", "p:", "pp"));
    for (String text : texts) {
      for (int length = 1; length <= text.length(); length++) {
        String start = text.substring(0, length);
        for (String end : List.of("", "\u0000", "/", "0", "9", ":", "a", "\u00e9", "00000")) {
          sought.add(start + end);
        }
      }
    }
    return sought;
  }

  /** Writes a column and asserts that each of its rows is read as it was. */
  private static Column column(int rows, IntFunction<String> text) throws Exception {
    Values values = values(rows, text);
    Column column = written(values);
    ColumnReader reader = reader(values, column);
    for (int row = 0; row < rows; row++) {
      Utf8View read = reader.view(row);
      if (!read.contentEquals(bytes(text.apply(row)))) {
        assertThat(read).as("row %d", row).hasToString(text.apply(row));
      }
    }
    return column;
  }

  private static Column written(Values values) throws Exception {
    PageOutput out = new PageOutput();
    new ColumnWriter(out).write(values);
    int length = out.length();
    out.i64(0);
    byte[] page = out.toByteArray();
    Column.check(page, 0, length, values.count(), 1);
    Column column = new Column();
    column.read(page, 0, length, values.count());
    return column;
  }

  private static ColumnReader reader(Values values, Column column) {
    assertThat(values.count()).isPositive();
    ColumnReader reader = new ColumnReader(new PageReader());
    reader.open(column.page, 0, column.end, values.count());
    return reader;
  }

  private static Values values(int rows, IntFunction<String> text) {
    Values values = new Values();
    for (int i = 0; i < rows; i++) {
      values.add(view(text.apply(i)));
    }
    return values;
  }

  private static Utf8View view(String text) {
    byte[] utf8 = bytes(text);
    Utf8View view = new Utf8View();
    view.wrap(utf8, 0, utf8.length);
    return view;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String digits(long number) {
    return digits(number, Column.MOST_DIGITS);
  }

  private static String digits(long number, int width) {
    return String.format(Locale.ROOT, "%0" + width + "d", number);
  }

  /** Texts of several lengths that no other form makes short. */
  private static String text(int number) {
    return Long.toString(number * 0x9E3779B97F4A7C15L, Character.MAX_RADIX) + "-" + number;
  }
}
