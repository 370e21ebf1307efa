package dev.grantstore.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantstore.CorruptionException;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.GrantBatch;
import dev.grantstore.GrantView;
import dev.grantstore.IdField;
import dev.grantstore.PrincipalRef;
import dev.grantstore.layout.Keyspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainRowsTest {
  private static final int ROWS = 120;
  private static final int ONE_PAGE = 1 << 16;
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

  /** Grants whose ids are numbers or constants, as those of the reference fixture. */
  static List<Grant> numbered(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                grant(
                    String.format(Locale.ROOT, "grant-%010d", i),
                    "app-" + i * 7 % 10,
                    "user-" + (10_000 + i * 37 % 977),
                    NOON.plusSeconds(i),
                    false))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7, 8, 9, 10, 15, 16, 17, 18})
  void numbersOfAnyWidthComeBack(int digits) throws Exception {
    long limit = Column.power(digits);
    SplittableRandom random = new SplittableRandom(digits);
    for (String prefix : List.of("", "p-", "\u00e9-")) {
      String form = prefix + "%0" + digits + "d";
      long some = Math.min(limit, 1L << 40);
      LongFunction<String> id = number -> String.format(Locale.ROOT, form, number);
      List<Grant> grants = new ArrayList<>();
      for (long i = 0; i < ROWS; i++) {
        grants.add(
            grant(
                limit < ROWS ? "g-" + (100 + i) : id.apply(limit / ROWS * i),
                id.apply(limit - 1 - random.nextLong(some)),
                id.apply(limit / 2 + random.nextLong(some) / 2),
                NOON,
                i % 3 == 0));
      }
      assertSame(grants, Keyspace.GRANTS);
    }
  }

  @Test
  void timesOfAnyUnitComeBack() throws Exception {
    for (Instant step :
        List.of(
            Instant.EPOCH,
            Instant.ofEpochSecond(1),
            Instant.ofEpochSecond(-40),
            Instant.ofEpochMilli(3),
            Instant.ofEpochSecond(0, 5_000),
            Instant.ofEpochSecond(-1, 999_999_999))) {
      assertSame(
          IntStream.range(0, ROWS)
              .mapToObj(
                  i ->
                      grant(
                          "g-" + (1_000 + i),
                          "r",
                          "p-" + (100 + i),
                          Instant.EPOCH
                              .plusSeconds(step.getEpochSecond() * i)
                              .plusNanos((long) step.getNano() * (i * 31 % 17)),
                          true))
              .toList(),
          Keyspace.GRANTS);
    }
  }

  @Test
  void eachKeyspaceIsSearchedAsBefore() throws Exception {
    for (Keyspace keyspace : List.of(Keyspace.BY_ENTITLEMENT, Keyspace.BY_PRINCIPAL)) {
      assertSame(numbered(ROWS), keyspace);
    }
  }

  @Test
  void aNumberOfTooManyDigitsIsRefused() throws Exception {
    PackedRows packed = new PackedRows(numbered(ROWS), Keyspace.GRANTS, ONE_PAGE, 1, 1 << 20);
    byte[] key = packed.stored.firstKey();
    byte[] bytes = packed.stored.firstEntry().getValue();
    Page whole = Page.read("grants", key, bytes);
    int column = whole.start(IdField.PRINCIPAL_ID.position());
    Column principals = new Column();
    principals.read(bytes, column, whole.end(IdField.PRINCIPAL_ID.position()), whole.rows);
    assertThat(principals.kind).isEqualTo(Column.NUMBER);
    int minAt = principals.prefixAt + principals.prefixLength;
    for (long min : new long[] {principals.limit, -1}) {
      PageBytes.LONGS.set(bytes, minAt, min - principals.packed(3));
      PageBytes.INTS.set(bytes, 0, PageBytes.checksum(key, bytes, bytes.length));
      PageReader reader = new PageReader();
      reader.open(plain(Page.read("grants", key, bytes)));

      assertThatThrownBy(() -> reader.grant(3)).isInstanceOf(CorruptionException.class);
      assertThatThrownBy(() -> reader.copy(3, new GrantView()))
          .isInstanceOf(CorruptionException.class);
      assertThatThrownBy(() -> reader.id(IdField.PRINCIPAL_ID, 3))
          .isInstanceOf(CorruptionException.class);
    }
  }

  @Test
  void whatIsNoNumberStaysAsItIs() throws Exception {
    for (IntFunction<Grant> other :
        List.<IntFunction<Grant>>of(
            i -> grant("g-" + (1_000 + i), List.of("a", "bc").get(i % 2), "p", NOON, true),
            i -> grant("g-" + (1_000 + i), "r", "p" + i * i, NOON, true),
            i ->
                grant("g-" + (1_000 + i), "r", "p", NOON, true)
                    .withExpiresAt(Optional.of(NOON.plusSeconds(i))),
            i -> grant("g-" + (1_000 + i), "r", "p", Instant.MAX.minusSeconds(i), true))) {
      PackedRows packed =
          new PackedRows(
              IntStream.range(0, ROWS).mapToObj(other).toList(),
              Keyspace.GRANTS,
              ONE_PAGE,
              1,
              1 << 20);
      Page page = packed.open().page(0);

      assertThat(page.plain()).isSameAs(page);
    }
  }

  /** As they were packed, and read from the page as it is stored. */
  private static void assertSame(List<Grant> grants, Keyspace keyspace) throws Exception {
    PackedRows packed = new PackedRows(grants, keyspace, ONE_PAGE, 1, 1 << 20);
    Page page = packed.open().page(0);
    PageReader stored = new PageReader();
    stored.open(page);
    PageReader reader = new PageReader();
    reader.open(plain(page));
    List<Grant> expected = List.copyOf(packed.rows.values());
    List<byte[]> keys = List.copyOf(packed.rows.keySet());
    GrantView view = new GrantView();
    GrantView wanted = new GrantView();
    GrantBatch batch = new GrantBatch(ROWS);
    reader.copy(0, reader.rows(), batch);
    assertThat(batch.rows()).isEqualTo(expected.size());
    for (int row = 0; row < expected.size(); row++) {
      wanted.set(expected.get(row));
      reader.copy(row, view);
      for (IdField field : IdField.values()) {
        String id = wanted.id(field).toString();
        assertThat(reader.id(field, row)).hasToString(id);
        assertThat(view.id(field)).hasToString(id);
        assertThat(batch.id(field, row)).hasToString(id);
      }
      assertThat(reader.grant(row)).isEqualTo(expected.get(row));
      assertThat(view.discoveredSeconds()).isEqualTo(wanted.discoveredSeconds());
      assertThat(view.discoveredNanos()).isEqualTo(wanted.discoveredNanos());
      assertThat(view.needsExpansion()).isEqualTo(wanted.needsExpansion());
      assertThat(view.hasExpiry()).isFalse();
      assertFound(keyspace, keys.get(row), reader, stored, row);
    }
  }

  private static void assertFound(
      Keyspace keyspace, byte[] key, PageReader reader, PageReader stored, int row)
      throws Exception {
    RowIds ids = new RowIds(keyspace);
    ids.read(key, key.length);
    assertThat(reader.find(ids)).isEqualTo(row);
    for (int change : new int[] {-1, 1}) {
      byte[] near = key.clone();
      // Before the zero that ends the last id.
      near[near.length - 2] += (byte) change;
      ids.read(near, near.length);
      assertThat(reader.find(ids, true, 0)).isEqualTo(stored.find(ids, true, 0));
      assertThat(reader.find(ids)).isEqualTo(stored.find(ids));
    }
  }

  private static Page plain(Page stored) {
    Page plain = stored.plain();
    assertThat(plain.isPlain).isTrue();
    assertThat(plain.plain()).isSameAs(plain);
    return plain;
  }

  private static Grant grant(
      String id, String resource, String principal, Instant time, boolean needsExpansion) {
    return new Grant(
        id,
        new EntitlementRef("app", resource, "member"),
        new PrincipalRef("user", principal),
        time,
        needsExpansion,
        Optional.empty(),
        List.of(),
        List.of());
  }
}
