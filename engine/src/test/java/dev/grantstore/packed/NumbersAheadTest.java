package dev.grantstore.packed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.CorruptionException;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.IdField;
import dev.grantstore.PrincipalRef;
import dev.grantstore.layout.Keyspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A column of numbers that is read row by row says what each of its rows says alone. */
final class NumbersAheadTest {
  private static final int PAGE_BYTES = 65_536;

  /** Digits, the first number, and how far apart: places at which other digits begin to differ. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 1, 9",
    "2, 1, 7, 14",
    "3, 0, 1, 900",
    "4, 0, 1, 300",
    "4, 9900, 1, 100",
    "5, 0, 99, 900",
    "5, 9990, 1, 40",
    "6, 9999, 9999, 90",
    "8, 99999900, 1, 100",
    "8, 0, 100000, 900",
    "9, 99999990, 1, 40",
    "9, 100000000, 1, 300",
    "10, 9999, 10000, 300",
    "10, 123400000, 30, 300",
    "10, 123400000, 99999, 300",
    "10, 9999999900, 1, 100",
    "12, 5, 99999999, 300",
    "16, 9999999999999000, 3, 300",
    "17, 12345678900009990, 1, 40",
    "18, 999999999999999900, 1, 100",
    "18, 0, 1000000000000000, 300"
  })
  void rowsReadInTurnAreThoseReadAlone(int digits, long first, long step, int rows)
      throws Exception {
    SplittableRandom random = new SplittableRandom(digits * 31L + rows);
    for (String prefix : List.of("", "g", "grant-", "p".repeat(150))) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        String format = prefix + "%0" + digits + "d";
        ids.add(String.format(Locale.ROOT, format, first + i * step));
      }
      Page stored = page(ids);
      Page page = random.nextBoolean() ? stored : stored.plain();
      assertInTurn(page, ids, 0, 1);
      assertInTurn(page, ids, rows / 3, 1);
      assertInTurn(page, ids, 0, 3);
      PageReader reader = new PageReader();
      reader.open(page);
      for (int i = 0; i < 2 * rows; i++) {
        // Runs from anywhere, and again.
        int row = random.nextInt(rows);
        for (int to = Math.min(rows, row + random.nextInt(20)); row < to; row++) {
          assertThat(reader.id(IdField.GRANT_ID, row)).hasToString(ids.get(row));
        }
      }
    }
  }

  /** Of a page whose least number is not what it was, each row is a number or damage. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 8, 9, 12})
  void aNumberOfTooManyDigitsIsDamageWhereItStandsAndNotBefore(int digits) throws Exception {
    int rows = 60;
    long limit = Math.round(Math.pow(10, digits));
    String format = "grant-%0" + digits + "d";
    List<String> ids = new ArrayList<>();
    for (long number = limit - 80; ids.size() < rows; number++) {
      ids.add(String.format(Locale.ROOT, format, number));
    }
    for (int more : new int[] {1, 20, 21, 25, 50, 79, 80, 5_000}) {
      PageReader reader = new PageReader();
      reader.open(shifted(ids, more));
      for (int row = 0; row < rows; row++) {
        assertShifted(reader, row, limit - 80 + row + more, limit, format);
        assertShifted(reader, row, limit - 80 + row + more, limit, format);
        if (row > 0) {
          assertShifted(reader, row - 1, limit - 81 + row + more, limit, format);
        }
      }
      for (int row = 0; row < rows; row++) {
        long number = limit - 80 + row + more;
        assertShifted(reader, row, number, limit, format);
        if (number == limit && row > 0) {
          assertShifted(reader, row - 1, number - 1, limit, format);
        }
      }
    }
  }

  private static void assertShifted(
      PageReader reader, int row, long number, long limit, String format) {
    if (number < limit) {
      assertThat(reader.id(IdField.GRANT_ID, row))
          .hasToString(String.format(Locale.ROOT, format, number));
    } else {
      assertThatThrownBy(() -> reader.id(IdField.GRANT_ID, row))
          .isInstanceOf(CorruptionException.class);
    }
  }

  private static void assertInTurn(Page page, List<String> ids, int from, int step) {
    PageReader reader = new PageReader();
    reader.open(page);
    for (int row = from; row < ids.size(); row += step) {
      assertThat(reader.id(IdField.GRANT_ID, row)).as("row %d", row).hasToString(ids.get(row));
    }
  }

  private static Page page(List<String> ids) throws Exception {
    PackedKeyspace pages = packed(ids).open();
    assertThat(pages.pages()).isEqualTo(1);
    return pages.page(0);
  }

  private static PackedRows packed(List<String> ids) throws Exception {
    List<Grant> grants = new ArrayList<>();
    for (String id : ids) {
      grants.add(
          new Grant(
              id,
              new EntitlementRef("app", "resource", "member"),
              new PrincipalRef("user", "principal"),
              Instant.EPOCH,
              false,
              Optional.empty(),
              List.of(),
              List.of()));
    }
    return new PackedRows(grants, Keyspace.GRANTS, PAGE_BYTES, 1, 1 << 20);
  }

  /** With so much more as the least number of its grants' ids, and a right checksum. */
  private static Page shifted(List<String> ids, long more) throws Exception {
    byte[] key = PageKey.ofPage(PackedRows.SYNC, Keyspace.GRANTS, 0, 0);
    byte[] bytes = requireNonNull(packed(ids).stored.get(key)).clone();
    Page page = Page.read("grants", key, bytes);
    Column column = new Column();
    int id = IdField.GRANT_ID.position();
    column.read(bytes, page.start(id), page.end(id), page.rows);
    assertThat(column.kind).isEqualTo(Column.NUMBER);
    PageBytes.LONGS.set(bytes, column.prefixAt + column.prefixLength, column.min + more);
    PageBytes.INTS.set(bytes, 0, PageBytes.checksum(key, bytes, bytes.length));
    return Page.read("grants", key, bytes);
  }
}
