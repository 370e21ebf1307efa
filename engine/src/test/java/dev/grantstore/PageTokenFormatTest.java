package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PageTokenFormatTest {
  /** Version 1 of a scan of "s" after {@link #POSITION}; a change breaks tokens people keep. */
  private static final String GOLDEN = "Abr_nu2f4oy1AAH_YatazZQ";

  private static final UUID STORE = new UUID(0x0123456789abcdefL, 0x0fedcba987654321L);
  private static final byte[] POSITION = {0, 1, (byte) 0xff, 'a'};

  /** One query of each kind, and near misses of each. No two are the same list. */
  private static final List<GrantQuery> QUERIES =
      List.of(
          new GrantQuery.Scan("s"),
          new GrantQuery.Scan("s2"),
          new GrantQuery.NeedingExpansion("s"),
          new GrantQuery.ByEntitlement("s", new EntitlementRef("a", "bc", "d")),
          new GrantQuery.ByEntitlement("s", new EntitlementRef("ab", "c", "d")),
          new GrantQuery.ByEntitlement("s", new EntitlementRef("a", "b", "cd")),
          new GrantQuery.ByEntitlement("s", new EntitlementRef("abcd", "", "")),
          new GrantQuery.ByEntitlement("s", new EntitlementRef("", "abcd", "")),
          new GrantQuery.ByEntitlement("s", new EntitlementRef("", "", "abcd")),
          new GrantQuery.ByEntitlement("sa", new EntitlementRef("", "bc", "d")),
          new GrantQuery.ByEntitlementResource("s", "a", "bc"),
          new GrantQuery.ByEntitlementResource("s", "ab", "c"),
          new GrantQuery.ByEntitlementResource("s", "abc", ""),
          new GrantQuery.ByPrincipal("s", new PrincipalRef("a", "bc")),
          new GrantQuery.ByPrincipal("s", new PrincipalRef("ab", "c")),
          new GrantQuery.ByPrincipal("s", new PrincipalRef("", "abc")),
          several(new EntitlementRef("a", "bc", "d"), new EntitlementRef("e", "f", "g")),
          several(new EntitlementRef("e", "f", "g"), new EntitlementRef("a", "bc", "d")),
          several(new EntitlementRef("a", "bc", "d")),
          several(new EntitlementRef("a", "bc", "d"), new EntitlementRef("", "", "")),
          several(),
          new GrantQuery.ScanByEntitlement("s"));

  @Test
  void everyQueryReadsBackItsOwnTokenOnly() {
    for (GrantQuery from : QUERIES) {
      PageToken token = PageTokenFormat.write(STORE, from, POSITION);
      for (GrantQuery to : QUERIES) {
        if (to.equals(from)) {
          assertThat(PageTokenFormat.read(STORE, to, token)).isEqualTo(POSITION);
        } else {
          assertRefused(STORE, to, token, "another query or store");
        }
      }
    }
  }

  @Test
  void aTokenIsTheSameEveryTime() {
    assertThat(PageTokenFormat.write(STORE, QUERIES.get(0), POSITION).text()).isEqualTo(GOLDEN);
  }

  /** Version 1 of the other kinds: the name of a kind is part of the token. */
  @ParameterizedTest
  @CsvSource({
    "2, AdRWiumWthk6AAH_YQm19w0",
    "3, Af2xu4n-LPIJAAH_YZ8pObU",
    "10, AYMgOwiaLgN0AAH_YRxwWv4",
    "13, Aa6JLhtkrrCEAAH_YTmcYls",
    "16, AR8ptxOdG30OAAH_YbUlwhM",
    "21, AakVR5OS4r_vAAH_YZ2wXCA"
  })
  void everyKindKeepsItsToken(int query, String golden) {
    assertThat(PageTokenFormat.write(STORE, QUERIES.get(query), POSITION).text()).isEqualTo(golden);
  }

  @Test
  void anEmptyPositionIsKept() {
    PageToken token = PageTokenFormat.write(STORE, QUERIES.get(0), new byte[0]);

    assertThat(token.isStart()).isFalse();
    assertThat(PageTokenFormat.read(STORE, QUERIES.get(0), token)).isEmpty();
  }

  @Test
  void theLargestPositionOfAGrantIsKept() {
    byte[] position = new byte[3 * Ids.MAX_GRANT_IDS_BYTES];
    PageToken token = PageTokenFormat.write(STORE, QUERIES.get(0), position);

    assertThat(PageTokenFormat.read(STORE, QUERIES.get(0), token)).isEqualTo(position);
  }

  @Test
  void anotherStoreIsRefused() {
    PageToken token = PageTokenFormat.write(STORE, QUERIES.get(0), POSITION);
    long high = STORE.getMostSignificantBits();
    long low = STORE.getLeastSignificantBits();

    assertRefused(new UUID(high, low + 1), QUERIES.get(0), token, "another query or store");
    assertRefused(new UUID(high + 1, low), QUERIES.get(0), token, "another query or store");
    assertRefused(new UUID(low, high), QUERIES.get(0), token, "another query or store");
  }

  @Test
  void everySingleBitFlipIsRefused() {
    for (GrantQuery query : QUERIES) {
      byte[] bytes = decode(PageTokenFormat.write(STORE, query, POSITION));
      for (int bit = 0; bit < bytes.length * 8; bit++) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        assertRefused(STORE, query, encode(flipped), "damaged");
      }
    }
  }

  @Test
  void everyOtherVersionIsRefused() {
    byte[] bytes = decode(PageTokenFormat.write(STORE, QUERIES.get(0), POSITION));
    for (int version = 0; version < 256; version++) {
      if (version != 1) {
        bytes[0] = (byte) version;
        assertRefused(STORE, QUERIES.get(0), encode(withChecksum(bytes)), "another version");
      }
    }
  }

  @Test
  void everyCutIsRefused() {
    String text = PageTokenFormat.write(STORE, QUERIES.get(0), POSITION).text();
    for (int length = 1; length < text.length(); length++) {
      assertRefused(STORE, QUERIES.get(0), new PageToken(text.substring(0, length)), "page token");
    }
  }

  @Test
  void otherWritingsOfTheSameBytesAreRefused() {
    byte[] bytes = decode(PageTokenFormat.write(STORE, QUERIES.get(0), new byte[] {-1, -1, -1}));
    String canonical = encode(bytes).text();
    String padded = Base64.getUrlEncoder().encodeToString(bytes);
    String classic = Base64.getEncoder().encodeToString(bytes);

    assertThat(padded).isNotEqualTo(canonical);
    assertRefused(STORE, QUERIES.get(0), new PageToken(padded), "page token");
    assertThat(classic).isNotEqualTo(canonical);
    assertRefused(STORE, QUERIES.get(0), new PageToken(classic), "page token");
    assertRefused(STORE, QUERIES.get(0), new PageToken(canonical + "\n"), "page token");
    assertRefused(STORE, QUERIES.get(0), new PageToken(" " + canonical), "page token");
  }

  @Test
  void garbageIsRefused() {
    for (String garbage : List.of("A", "AA", "AAAAAAAAAAAAAAAAAA", "!", "\u0000", "\ud83d", "=")) {
      assertRefused(STORE, QUERIES.get(0), new PageToken(garbage), "page token");
    }
    assertRefused(STORE, QUERIES.get(0), encode(withChecksum(new byte[64])), "another version");
  }

  @Test
  void aHugeTokenIsRefusedUnreadAndShownInPart() {
    PageToken huge = new PageToken("A".repeat(10 << 20));

    assertRefused(STORE, QUERIES.get(0), huge, "too long");
    assertThatThrownBy(() -> PageTokenFormat.read(STORE, QUERIES.get(0), huge))
        .message()
        .hasSizeLessThan(200);
  }

  private static GrantQuery several(EntitlementRef... asked) {
    return new GrantQuery.ByEntitlements("s", List.of(asked));
  }

  private static void assertRefused(UUID store, GrantQuery query, PageToken token, String because) {
    assertThatThrownBy(() -> PageTokenFormat.read(store, query, token))
        .isInstanceOfSatisfying(
            GrantStoreException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_PAGE_TOKEN))
        .hasMessageContaining(because);
  }

  private static byte[] withChecksum(byte[] token) {
    int body = token.length - Integer.BYTES;
    CRC32C crc = new CRC32C();
    crc.update(token, 0, body);
    byte[] fixed = token.clone();
    ByteBuffer.wrap(fixed).putInt(body, (int) crc.getValue());
    return fixed;
  }

  private static byte[] decode(PageToken token) {
    return Base64.getUrlDecoder().decode(token.text());
  }

  private static PageToken encode(byte[] bytes) {
    return new PageToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
