package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GrantTest {
  private static final EntitlementRef ENTITLEMENT = new EntitlementRef("app", "app-1", "member");
  private static final PrincipalRef PRINCIPAL = new PrincipalRef("user", "u1");
  private static final String HALF_PAIR = "\ud83d";

  @Test
  void equalFieldsMakeEqualGrants() {
    assertThat(grant(List.of(source("s")), List.of(annotation("t", 1))))
        .isEqualTo(grant(List.of(source("s")), List.of(annotation("t", 1))))
        .hasSameHashCodeAs(grant(List.of(source("s")), List.of(annotation("t", 1))));
  }

  @Test
  void aPlainGrantHasNothingOptional() {
    assertThat(Grant.of("g", ENTITLEMENT, PRINCIPAL, Instant.EPOCH))
        .isEqualTo(grant(List.of(), List.of()));
  }

  @Test
  void anEmptyIdIsRefused() {
    assertThatThrownBy(() -> Grant.of("", ENTITLEMENT, PRINCIPAL, Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("grant id is empty");
  }

  @Test
  void theOtherIdsMayBeEmpty() {
    Grant grant =
        Grant.of("g", new EntitlementRef("", "", ""), new PrincipalRef("", ""), Instant.EPOCH);

    assertThat(grant.entitlement().entitlementId()).isEmpty();
  }

  @Test
  void halfASurrogatePairIsRefusedInEveryText() {
    List<Runnable> refused =
        List.of(
            () -> Grant.of(HALF_PAIR, ENTITLEMENT, PRINCIPAL, Instant.EPOCH),
            () -> new EntitlementRef(HALF_PAIR, "", ""),
            () -> new EntitlementRef("", HALF_PAIR, ""),
            () -> new EntitlementRef("", "", HALF_PAIR),
            () -> new PrincipalRef(HALF_PAIR, ""),
            () -> new PrincipalRef("", HALF_PAIR),
            () -> new GrantSource(HALF_PAIR, "", "", "", true),
            () -> new GrantSource("", HALF_PAIR, "", "", true),
            () -> new GrantSource("", "", HALF_PAIR, "", true),
            () -> new GrantSource("", "", "", HALF_PAIR, true),
            () -> new Annotation(HALF_PAIR, Bytes.EMPTY),
            () -> new Expansion(List.of("e", HALF_PAIR), true, List.of()),
            () -> new Expansion(List.of(), true, List.of("t", HALF_PAIR)));
    for (Runnable each : refused) {
      assertThatThrownBy(each::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("unpaired surrogate");
    }
  }

  @Test
  @SuppressWarnings({"NullAway", "NullOptional"}) // nulls are what is tried
  void nullIsRefusedInEveryField() {
    Instant at = Instant.EPOCH;
    List<Runnable> refused =
        List.of(
            () -> Grant.of(null, ENTITLEMENT, PRINCIPAL, at),
            () -> Grant.of("g", null, PRINCIPAL, at),
            () -> Grant.of("g", ENTITLEMENT, null, at),
            () -> Grant.of("g", ENTITLEMENT, PRINCIPAL, null),
            () -> new Grant("g", ENTITLEMENT, PRINCIPAL, at, true, null, List.of(), List.of()),
            () -> Grant.of("g", ENTITLEMENT, PRINCIPAL, at).withExpiresAt(null),
            () -> grant(null, List.of()),
            () -> grant(List.of(), null),
            () -> grant(Arrays.asList(source("s"), null), List.of()),
            () -> grant(List.of(), Arrays.asList(annotation("t", 1), null)),
            () -> new Annotation("t", null),
            () -> new Annotation(null, Bytes.EMPTY),
            () -> new EntitlementRef(null, "", ""),
            () -> new PrincipalRef("", null),
            () -> new GrantSource(null, "", "", "", true),
            () -> new Expansion(Arrays.asList("e", null), true, List.of()),
            () -> new Expansion(null, true, List.of()));
    for (Runnable each : refused) {
      assertThatThrownBy(each::run).isInstanceOf(NullPointerException.class);
    }
  }

  @Test
  void sourcesAreOrderedByIdAsUtf8() {
    List<GrantSource> sources =
        List.of(source("\ud83d\udd25"), source("b"), source("\ufb49"), source(""), source("a"));

    assertThat(grant(sources, List.of()).sources().stream().map(GrantSource::sourceId).toList())
        .containsExactly("", "a", "b", "\ufb49", "\ud83d\udd25");
  }

  @Test
  void theSameSourceTwiceIsRefused() {
    List<GrantSource> sources =
        List.of(source("a"), source("b"), new GrantSource("a", "x", "y", "z", true));

    assertThatThrownBy(() -> grant(sources, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("source id twice in one grant: \"a\"");
  }

  @Test
  void listsAreCopiedAndCannotBeChanged() {
    List<GrantSource> sources = new ArrayList<>(List.of(source("b"), source("a")));
    List<Annotation> annotations = new ArrayList<>(List.of(annotation("t", 1)));
    List<String> entitlements = new ArrayList<>(List.of("e"));
    Expansion expansion = new Expansion(entitlements, true, entitlements);
    Grant grant = grant(sources, annotations);

    sources.clear();
    annotations.clear();
    entitlements.clear();

    assertThat(grant.sources()).containsExactly(source("a"), source("b"));
    assertThat(grant.annotations()).containsExactly(annotation("t", 1));
    assertThat(expansion.entitlementIds()).containsExactly("e");
    assertThat(expansion.resourceTypeIds()).containsExactly("e");
    assertThatThrownBy(() -> grant.sources().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> grant.annotations().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void idsTogetherHaveALimitInUtf8Bytes() {
    String half = "x".repeat(Ids.MAX_GRANT_IDS_BYTES / 2);
    String astral = "\ud83d\udd25".repeat(Ids.MAX_GRANT_IDS_BYTES / 8);
    for (String id : List.of(half, astral)) {
      EntitlementRef fits = new EntitlementRef("", "", id);
      PrincipalRef none = new PrincipalRef("", "");
      assertThat(Grant.of(id, fits, none, Instant.EPOCH).id()).isEqualTo(id);
      List<Runnable> refused =
          List.of(
              () -> Grant.of(id + "x", fits, none, Instant.EPOCH),
              () -> Grant.of(id, new EntitlementRef("x", "", id), none, Instant.EPOCH),
              () -> Grant.of(id, new EntitlementRef("", "x", id), none, Instant.EPOCH),
              () -> Grant.of(id, fits, new PrincipalRef("x", ""), Instant.EPOCH),
              () -> Grant.of(id, fits, new PrincipalRef("", "x"), Instant.EPOCH));
      for (Runnable each : refused) {
        assertThatThrownBy(each::run)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("bytes=32001 limit=32000");
      }
    }
  }

  @Test
  void payloadHasALimit() {
    Bytes most = Bytes.copyOf(new byte[Grant.MAX_PAYLOAD_BYTES - 1]);

    assertThat(grant(List.of(), List.of(new Annotation("t", most))).annotations()).hasSize(1);
    assertThatThrownBy(() -> grant(List.of(), List.of(new Annotation("tt", most))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bytes=67108865 limit=67108864");
    assertThatThrownBy(() -> grant(List.of(source("s")), List.of(new Annotation("t", most))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too long together");
  }

  /** At its end itself it has ended. */
  @Test
  void aGrantIsExpiredFromItsEndOn() {
    Instant end = Instant.ofEpochSecond(7, 5);
    Grant endless = Grant.of("g", ENTITLEMENT, PRINCIPAL, Instant.EPOCH);
    Grant ending = endless.withExpiresAt(Optional.of(end));

    assertThat(ending).isNotEqualTo(endless);
    assertThat(ending.withExpiresAt(Optional.empty())).isEqualTo(endless);
    assertThat(endless.isExpired(Instant.MAX)).isFalse();
    assertThat(ending.isExpired(end.minusNanos(1))).isFalse();
    assertThat(ending.isExpired(end)).isTrue();
    assertThat(ending.isExpired(end.plusNanos(1))).isTrue();
  }

  private static GrantSource source(String id) {
    return new GrantSource(id, "", "", "", false);
  }

  private static Annotation annotation(String typeUrl, int value) {
    return new Annotation(typeUrl, Bytes.copyOf(new byte[] {(byte) value}));
  }

  private static Grant grant(List<GrantSource> sources, List<Annotation> annotations) {
    return new Grant(
        "g", ENTITLEMENT, PRINCIPAL, Instant.EPOCH, false, Optional.empty(), sources, annotations);
  }
}
