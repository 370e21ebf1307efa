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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  @Test
  void aNumberOfTooManyDigitsIsDamageWhereItStandsAndNotBefore() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ids.add(String.format(Locale.ROOT, "grant-%04d", 9_800 + i));
    }
    for (int more : new int[] {1, 2, 5, 30, 199, 200, 5_000}) {
      Page page = shifted(ids, more);
      PageReader reader = new PageReader();
      reader.open(page);
      for (int row = 0; row < ids.size(); row++) {
        int at = row;
        if (9_800 + row + more < 10_000) {
          assertThat(reader.id(IdField.GRANT_ID, row))
              .hasToString(String.format(Locale.ROOT, "grant-%04d", 9_800 + row + more));
        } else {
          for (int again = 0; again < 2; again++) {
            assertThatThrownBy(() -> reader.id(IdField.GRANT_ID, at))
                .isInstanceOf(CorruptionException.class);
          }
          if (row > 0 && 9_800 + row - 1 + more < 10_000) {
            assertThat(reader.id(IdField.GRANT_ID, row - 1))
                .hasToString(String.format(Locale.ROOT, "grant-%04d", 9_800 + row - 1 + more));
          }
        }
      }
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
