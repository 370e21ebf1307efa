package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class IdsTest {
  @Test
  void emptyAndControlCharactersAreTaken() {
    for (String id : List.of("", "\u0000", "\u0001", "a\u0000b", "\uffff", "\ufeff")) {
      assertThat(Ids.check("id", id)).isSameAs(id);
    }
  }

  @Test
  void whatIsCheckedIsGivenBack() {
    assertThat(Ids.checkGrantId("\u0000")).isEqualTo("\u0000");
    assertThat(Ids.checkSyncId("\u0000")).isEqualTo("\u0000");
  }

  @Test
  void emptyGrantAndSyncIdsAreRefused() {
    assertThatThrownBy(() -> Ids.checkGrantId(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("grant id is empty");
    assertThatThrownBy(() -> Ids.checkSyncId(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sync id is empty");
  }

  @Test
  @SuppressWarnings("NullAway") // nulls are what is tried
  void nullIsRefusedByName() {
    assertThatThrownBy(() -> Ids.check("colour", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("colour");
    assertThatThrownBy(() -> Ids.checkGrantId(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("grant id");
    assertThatThrownBy(() -> Ids.checkSyncId(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("sync id");
  }

  @Test
  void surrogatesInPairsAreTaken() {
    for (String id : List.of("\ud83d\udd25", "\ud800\udc00", "\udbff\udfff", "a\ud83d\udd25b")) {
      assertThat(Ids.check("id", id)).isSameAs(id);
    }
  }

  @Test
  void halfASurrogatePairIsRefusedWithItsIndex() {
    List<String> malformed =
        List.of("\ud83d", "\udd25", "\udd25\ud83d", "\ud83dx", "\ud83d\ud83d\udd25");
    for (String id : malformed) {
      assertThatThrownBy(() -> Ids.check("id", id))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("index=0");
    }
    assertThatThrownBy(() -> Ids.check("id", "\ud83d\udd25\ud83d"))
        .hasMessageContaining("id holds an unpaired surrogate: index=2")
        .hasMessageContaining("\\ud83d\\udd25\\ud83d");
  }

  @Test
  void lengthIsCountedInUtf8Bytes() {
    int limit = Ids.MAX_GRANT_IDS_BYTES;
    List<String> longest =
        List.of(
            "x".repeat(limit),
            "\u0000".repeat(limit),
            "\u00e9".repeat(limit / 2),
            "\u20ac".repeat(limit / 3),
            "\ud83d\udd25".repeat(limit / 4));
    for (String id : longest) {
      assertThat(Ids.check("id", id)).isSameAs(id);
      assertThatThrownBy(() -> Ids.check("id", id + "xxx"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("id is too long")
          .hasMessageContaining("limit=" + limit);
    }
  }

  @Test
  void syncIdsHaveAShorterLimit() {
    int limit = Ids.MAX_SYNC_ID_BYTES;
    for (String id : List.of("x".repeat(limit), "\u00e9".repeat(limit / 2))) {
      assertThat(Ids.checkSyncId(id)).isSameAs(id);
      assertThatThrownBy(() -> Ids.checkSyncId(id + "x"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("bytes=" + (limit + 1))
          .hasMessageContaining("limit=" + limit);
    }
  }

  @Test
  void aRefusalShowsAnExcerptOnly() {
    assertThatThrownBy(() -> Ids.check("id", "x".repeat(1 << 20))).message().hasSizeLessThan(200);
  }

  @Test
  void orderIsThatOfUtf8AboveTheBasicPlaneToo() {
    String bmp = "\uFB49";
    String astral = "\uD83D\uDD25";

    assertThat(bmp.compareTo(astral)).isPositive();
    assertThat(Ids.ORDER.compare(bmp, astral)).isNegative();
    assertThat(Ids.ORDER.compare(astral, bmp)).isPositive();
    assertThat(Ids.ORDER.compare("\uffff", "\ud800\udc00")).isNegative();
    assertThat(Ids.ORDER.compare("\ud7ff", "\ue000")).isNegative();
  }

  @Test
  void aPrefixComesFirst() {
    assertThat(Ids.ORDER.compare("", "\u0000")).isNegative();
    assertThat(Ids.ORDER.compare("a", "a\u0000")).isNegative();
    assertThat(Ids.ORDER.compare("ab", "a\uffff")).isNegative();
    assertThat(Ids.ORDER.compare("ab", "ab")).isZero();
  }
}
