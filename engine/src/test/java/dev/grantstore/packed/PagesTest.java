package dev.grantstore.packed;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.CorruptionException;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;
import dev.grantstore.layout.Keyspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole pages: what their columns say together, and what must refuse them. */
final class PagesTest {
  private static final int ROWS = 30;
  private static final int ONE_PAGE = 65_536;
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void anIdMadeOfOthersKeepsATailThatTheFirstRowDoesNotHave() throws Exception {
    for (int without = 1; without < ROWS; without++) {
      int last = without;
      assertComeBack(
          i -> grant(i, "e" + i % 3 + "/principal-" + (100 + i) + (i < last ? "" : "#" + i)));
    }
  }

  /** In each unit that times are counted in. */
  @ParameterizedTest
  @ValueSource(
      longs = {1_000_000_000, 1_000_000, 1_000, 1, 999_000_000, 999_999_000, 999_999_999, -1})
  void timesBefore1970ComeBack(long nanos) throws Exception {
    assertComeBack(i -> grant(i, "g-" + (100 + i), Instant.EPOCH.plusNanos((i - 20) * nanos)));
    assertComeBack(
        i -> grant(i, "g-" + (100 + i), Instant.ofEpochSecond(-9_000_000_000L * i, nanos)));
  }

  /** Of none, one, some and all rows of a page, in each unit, and far from 1970. */
  @ParameterizedTest
  @ValueSource(longs = {1_000_000_000, 1_000_000, 1_000, 1, 999_999_999, -1, -1_000_000_000})
  void whenRowsExpireComesBack(long nanos) throws Exception {
    for (int every = 1; every <= ROWS + 1; every++) {
      int one = every;
      assertComeBack(
          i ->
              grant(i, "g-" + (100 + i))
                  .withExpiresAt(
                      (i + 1) % one == 0
                          ? Optional.of(NOON.plusNanos((i - 9) * nanos))
                          : Optional.empty()));
    }
    assertComeBack(
        i ->
            grant(i, "g-" + (100 + i))
                .withExpiresAt(
                    i % 3 == 0
                        ? Optional.of(i % 2 == 0 ? Instant.MIN : Instant.MAX)
                        : Optional.empty()));
  }

  /** A page of which no row expires has the bytes that it had before any could. */
  @Test
  void onlyAPageOfWhichARowExpiresHasTheColumn() throws Exception {
    for (int expiring = -1; expiring < ROWS; expiring++) {
      int one = expiring;
      PackedRows packed =
          packed(
              ONE_PAGE,
              1,
              i ->
                  i == one
                      ? grant(i, "g-" + (100 + i)).withExpiresAt(Optional.of(NOON))
                      : grant(i, "g-" + (100 + i)));
      assertThat(packed.stored.firstEntry().getValue()[PageBytes.COLUMNS_AT])
          .isEqualTo((byte) (one < 0 ? 9 : 10));
    }
  }

  @Test
  void anExpiryColumnOfNoRowIsRefused() throws Exception {
    PackedRows packed =
        packed(
            ONE_PAGE,
            1,
            i ->
                i == 7
                    ? grant(i, "g-107").withExpiresAt(Optional.of(NOON))
                    : grant(i, "g-" + (100 + i)));
    byte[] key = packed.stored.firstKey();
    byte[] page = packed.stored.firstEntry().getValue();
    int expiryAt = PageBytes.i32(page, PageBytes.ENDS_AT + Integer.BYTES * PageBytes.DETAILS);
    assertThat(page[expiryAt]).isEqualTo((byte) ExpiryColumn.SOME);
    for (int form : List.of(0, ExpiryColumn.ALL, 3)) {
      assertRefusedWith(packed, key, page, expiryAt, form);
    }
    assertThat(page[expiryAt + 1]).isEqualTo((byte) (1 << 7));
    assertRefusedWith(packed, key, page, expiryAt + 1, 0);
    assertRefusedWith(packed, key, page, PageBytes.COLUMNS_AT, 9);
    assertRefusedWith(packed, key, page, PageBytes.COLUMNS_AT, 11);
    assertThat(read(packed)).hasSize(ROWS);
  }

  private static void assertRefusedWith(
      PackedRows packed, byte[] key, byte[] page, int at, int other) {
    byte before = page[at];
    page[at] = (byte) other;
    PageBytes.INTS.set(page, 0, PageBytes.checksum(key, page, page.length));
    assertThatThrownBy(() -> read(packed)).isInstanceOf(CorruptionException.class);
    page[at] = before;
    PageBytes.INTS.set(page, 0, PageBytes.checksum(key, page, page.length));
  }

  @Test
  void pagesOfOneRowEachComeBack() throws Exception {
    PackedRows packed = packed(1, 1, i -> grant(i, "g-" + (100 + i)));

    assertThat(read(packed)).isEqualTo(grants(i -> grant(i, "g-" + (100 + i))));
    assertThat(packed.open().pages()).isEqualTo(ROWS);
  }

  /** Also where the first bytes in which most keys differ are the same, and in pages of a row. */
  @Test
  void everyKeyIsFoundInItsPage() throws Exception {
    List<IntFunction<String>> shapes =
        List.of(
            i -> "g-" + (100 + i),
            i -> (i == 0 ? "a" : "b-the-same-for-sixteen-bytes-") + (char) ('A' + i),
            i -> "g".repeat(1 + i),
            i -> "\u0000".repeat(1 + i % 9) + (char) ('A' + i));
    for (IntFunction<String> shape : shapes) {
      for (int parts = 1; parts <= 4; parts++) {
        PackedRows packed = packed(1, parts, i -> grant(i, shape.apply(i)));
        PackedKeyspace pages = packed.open();
        PageReader reader = new PageReader();
        RowIds ids = new RowIds(Keyspace.GRANTS);
        for (byte[] key : packed.rows.keySet()) {
          ids.read(key, key.length);
          reader.open(pages.page(pages.find(key, key.length)));
          assertThat(reader.find(ids)).as("%s", packed.rows.get(key)).isZero();
        }
      }
    }
  }

  @Test
  void aDirectoryOfMorePagesThanItHasSeparatorsIsRefused() throws Exception {
    PackedRows packed = packed(1, 1, i -> grant(i, "g-" + (100 + i)));
    byte[] key = packed.stored.lastKey();
    byte[] directory = packed.stored.lastEntry().getValue();
    int pagesAt = Integer.BYTES + 1 + Long.BYTES;
    for (int pages : List.of(ROWS - 1, ROWS + 1, ROWS + 20, -1, Integer.MAX_VALUE)) {
      PageBytes.INTS.set(directory, pagesAt, pages);
      PageBytes.INTS.set(directory, 0, PageBytes.checksum(key, directory, directory.length));

      assertThatThrownBy(packed::open).isInstanceOf(CorruptionException.class);
    }
  }

  /** Else rows of a page before would not be found, and lists begin behind them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aDirectoryThatIsOutOfOrderIsRefused(int parts) throws Exception {
    PackedRows packed = packed(1, parts, i -> grant(i, "g-" + (100 + i)));
    int page = 0;
    for (byte[] key : List.copyOf(packed.stored.keySet())) {
      if (PageKey.page(key) != PageKey.DIRECTORY) {
        continue;
      }
      byte[] whole = requireNonNull(packed.stored.get(key));
      for (int at = 17; at < whole.length; at += Integer.BYTES + PageBytes.i32(whole, at)) {
        if (page++ > 0) {
          byte[] damaged = whole.clone();
          damaged[at + Integer.BYTES] = 0;
          PageBytes.INTS.set(damaged, 0, PageBytes.checksum(key, damaged, damaged.length));
          packed.stored.put(key, damaged);

          assertThatThrownBy(packed::open)
              .isInstanceOf(CorruptionException.class)
              .hasMessageContaining("out of order");
        }
      }
      packed.stored.put(key, whole);
    }
    assertThat(page).isEqualTo(ROWS);
    assertThat(packed.open().pages()).isEqualTo(ROWS);
  }

  @Test
  void twoPagesWithOneSeparatorAreRefused() throws Exception {
    PackedRows packed = packed(1, 1, i -> grant(i, "g-" + (100 + i)));
    byte[] key = packed.stored.lastKey();
    byte[] directory = requireNonNull(packed.stored.get(key));
    directory[directory.length - 1]--;
    PageBytes.INTS.set(directory, 0, PageBytes.checksum(key, directory, directory.length));

    assertThatThrownBy(packed::open)
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining("out of order");
  }

  @Test
  void rowsThatBeginPagesInAnotherOrderAreNotPacked() throws Exception {
    PackedRows rows = packed(1, 1, i -> grant(i, "g-" + (100 + i)));
    List<byte[]> keys = List.copyOf(rows.rows.keySet());
    for (List<byte[]> wrong :
        List.of(List.of(keys.get(1), keys.get(0)), List.of(keys.get(3), keys.get(3)))) {
      RowPacker<RuntimeException> packer =
          new RowPacker<>(PackedRows.SYNC, Keyspace.GRANTS, 0, 1, (key, page) -> {});
      byte[] first = requireNonNull(rows.records.get(wrong.get(0)));
      byte[] second = requireNonNull(rows.records.get(wrong.get(1)));
      packer.add(wrong.get(0), wrong.get(0).length, first, first.length);

      assertThatThrownBy(() -> packer.add(wrong.get(1), wrong.get(1).length, second, second.length))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("order");
    }
  }

  @Test
  void aCodeThatIsNoneOfItsDictionaryIsRefused() throws Exception {
    PackedRows packed = packed(ONE_PAGE, 1, i -> grant(i, "g-" + (100 + i)));
    byte[] key = packed.stored.firstKey();
    byte[] page = packed.stored.firstEntry().getValue();
    Page whole = Page.read("grants", key, page.clone());
    Column types = new Column();
    types.read(page, whole.start(1), whole.end(1), whole.rows);
    assertThat(types.kind).isEqualTo(Column.DICTIONARY);
    assertThat(types.count).isEqualTo(3);
    page[types.base] |= 3;
    PageBytes.INTS.set(page, 0, PageBytes.checksum(key, page, page.length));

    assertThatThrownBy(() -> read(packed))
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining("dictionary");
  }

  @Test
  void aPageUnderTheKeyOfAnotherIsRefused() throws Exception {
    PackedRows packed = packed(1, 1, i -> grant(i, "g-" + (100 + i)));
    List<byte[]> keys = List.copyOf(packed.stored.keySet());
    byte[] first = packed.stored.get(keys.get(0));
    packed.stored.put(keys.get(0), packed.stored.get(keys.get(1)));
    packed.stored.put(keys.get(1), first);

    assertThatThrownBy(() -> read(packed))
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining("checksum");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1})
  void aDirectoryOfFewerOrMoreRowsThanTheSyncIsRefused(long more) throws Exception {
    PackedRows packed = packed(1, 1, i -> grant(i, "g-" + (100 + i)));
    byte[] key = packed.stored.lastKey();
    byte[] directory = packed.stored.lastEntry().getValue();
    int rowsAt = Integer.BYTES + 1;
    PageBytes.LONGS.set(directory, rowsAt, PageBytes.i64(directory, rowsAt) + more);
    PageBytes.INTS.set(directory, 0, PageBytes.checksum(key, directory, directory.length));

    assertThatThrownBy(packed::open)
        .isInstanceOf(CorruptionException.class)
        .hasMessageContaining("rows");
  }

  private static void assertComeBack(IntFunction<Grant> grant) throws Exception {
    assertThat(read(packed(ONE_PAGE, 1, grant))).isEqualTo(grants(grant));
  }

  private static PackedRows packed(int pageBytes, int parts, IntFunction<Grant> grant)
      throws Exception {
    return new PackedRows(grants(grant), Keyspace.GRANTS, pageBytes, parts, 1 << 20);
  }

  private static List<Grant> read(PackedRows packed) throws Exception {
    List<Grant> read = new ArrayList<>();
    PageReader reader = new PageReader();
    PackedKeyspace pages = packed.open();
    for (int page = 0; page < pages.pages(); page++) {
      reader.open(pages.page(page));
      for (int row = 0; row < reader.rows(); row++) {
        Grant grant = reader.grant(row);
        assertThat(Instant.ofEpochSecond(reader.seconds(row), reader.nanos(row)))
            .isEqualTo(grant.discoveredAt());
        assertThat(reader.hasExpiry(row)).isEqualTo(grant.expiresAt().isPresent());
        assertThat(Instant.ofEpochSecond(reader.expiresSeconds(row), reader.expiresNanos(row)))
            .isEqualTo(grant.expiresAt().orElse(Instant.EPOCH));
        read.add(grant);
      }
    }
    return read;
  }

  private static List<Grant> grants(IntFunction<Grant> grant) {
    return IntStream.range(0, ROWS)
        .mapToObj(grant)
        .sorted(Comparator.comparing(Grant::id))
        .toList();
  }

  private static Grant grant(int number, String id) {
    return grant(number, id, NOON.plusSeconds(number));
  }

  private static Grant grant(int number, String id, Instant time) {
    String type = List.of("group", "application", "role").get(number % 3);
    return new Grant(
        id,
        new EntitlementRef(type, "resource", "e" + number % 3),
        new PrincipalRef("user", "principal-" + (100 + number)),
        time,
        false,
        Optional.empty(),
        List.of(),
        List.of());
  }
}
