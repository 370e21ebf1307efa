package dev.grantstore.equivalence.testkit;

import static dev.grantstore.equivalence.testkit.GrantBuilder.aFullGrant;
import static dev.grantstore.equivalence.testkit.GrantBuilder.aGrant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Bytes;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantSource;
import dev.grantstore.GrantStore;
import dev.grantstore.Ids;
import dev.grantstore.equivalence.workload.TrapIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a grant may hold comes back as it went in. */
abstract class ValuesTopic extends Topic {
  ValuesTopic(GrantStoreContract engine) {
    super(engine);
  }

  @Test
  void everyFieldComesBackAsItWentIn() {
    assertKept(aFullGrant("g1").build());
  }

  @Test
  void aGrantWithNothingOptionalComesBack() {
    assertKept(aGrant().id("g1").build());
  }

  @Test
  void anEmptyExpansionIsNotAnAbsentOne() {
    assertKept(
        aGrant().id("absent").build(),
        aGrant().id("empty").expandingTo(new Expansion(List.of(), false, List.of())).build(),
        aGrant().id("shallow").expandingTo(new Expansion(List.of(), true, List.of())).build());
  }

  @Test
  void needingExpansionAndHavingOneAreIndependent() {
    Expansion expansion = new Expansion(List.of("e"), false, List.of("user"));
    assertKept(
        aGrant().id("neither").build(),
        aGrant().id("needs").needingExpansion().build(),
        aGrant().id("has").expandingTo(expansion).build(),
        aGrant().id("both").needingExpansion().expandingTo(expansion).build());
  }

  @Test
  void expansionIdsKeepTheirOrderAndTheirRepeats() {
    List<String> ids = List.of("z", "a", "", "z", "a\u0000", "a");
    assertKept(aGrant().expandingTo(new Expansion(ids, false, ids)).build());
  }

  @Test
  void sourcesComeBackInTheOrderOfTheirIds() {
    GrantBuilder grant = aGrant();
    for (String id : TrapIds.all()) {
      grant.from(new GrantSource(id, "t" + id, "r" + id, id, id.isEmpty()));
    }
    GrantStore store = storeWith(grant.build());

    List<GrantSource> sources = store.get(SYNC, "g").orElseThrow().sources();

    assertThat(sources.stream().map(GrantSource::sourceId).toList())
        .isEqualTo(TrapIds.all().stream().sorted(ExpectedRows.ID_ORDER).toList());
    assertThat(sources).isEqualTo(grant.build().sources());
  }

  @Test
  void aSourceIsDirectOrNot() {
    assertKept(
        aGrant()
            .from(new GrantSource("a", "", "", "", true))
            .from(new GrantSource("b", "", "", "", false))
            .build());
  }

  @Test
  void annotationsKeepTheirOrderAndTheirRepeats() {
    Bytes value = Bytes.copyOf(new byte[] {1});
    assertKept(
        aGrant()
            .annotatedWith("b", value)
            .annotatedWith("a", Bytes.EMPTY)
            .annotatedWith("b", value)
            .annotatedWith("", Bytes.EMPTY)
            .build());
  }

  @Test
  void annotationBytesAreOpaque() {
    byte[] everyByte = new byte[256];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    byte[] overlong = {(byte) 0xc0, (byte) 0x80, (byte) 0xed, (byte) 0xa0, (byte) 0x80};
    assertKept(
        aGrant()
            .annotatedWith("every", Bytes.copyOf(everyByte))
            .annotatedWith("invalid utf-8", Bytes.copyOf(overlong))
            .annotatedWith("nul", Bytes.copyOf(new byte[3]))
            .build());
  }

  @Test
  void aLargeAnnotationComesBack() {
    byte[] large = new byte[3 << 20];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 + (i >> 8));
    }
    assertKept(aGrant().annotatedWith("large", Bytes.copyOf(large)).build());
  }

  @Test
  void manySourcesAndAnnotationsComeBack() {
    GrantBuilder grant = aGrant();
    for (int i = 0; i < 2_000; i++) {
      grant.from(new GrantSource("s" + i, "t", "r", "e", i % 2 == 0));
      grant.annotatedWith("a" + i % 3, Bytes.copyOf(new byte[i % 5]));
    }
    assertKept(grant.build());
  }

  @Test
  void instantsComeBackToTheNanosecond() {
    assertKept(
        aGrant().id("least").discoveredAt(Instant.MIN).build(),
        aGrant().id("most").discoveredAt(Instant.MAX).build(),
        aGrant().id("epoch").discoveredAt(Instant.EPOCH).build(),
        aGrant().id("before epoch").discoveredAt(Instant.ofEpochSecond(-1, 999_999_999)).build(),
        aGrant().id("nano").discoveredAt(Instant.ofEpochSecond(1, 1)).build());
  }

  @Test
  void everyTrapIdComesBackInEachOfTheSixPlaces() {
    List<Grant> grants = new ArrayList<>();
    for (String trap : taken(TrapIds.all())) {
      String id = "of " + trap;
      grants.add(aGrant().id("1" + id).of(trap, "r", "e").build());
      grants.add(aGrant().id("2" + id).of("t", trap, "e").build());
      grants.add(aGrant().id("3" + id).of("t", "r", trap).build());
      grants.add(aGrant().id("4" + id).forPrincipal(trap, "p").build());
      grants.add(aGrant().id("5" + id).forPrincipal("t", trap).build());
    }
    for (String trap : taken(TrapIds.notEmpty())) {
      grants.add(aGrant().id(trap).build());
    }
    assertKept(grants.toArray(Grant[]::new));
  }

  @Test
  void everyTrapIdComesBackInsideExpansionAndAnnotations() {
    GrantBuilder grant = aGrant();
    TrapIds.all().forEach(trap -> grant.annotatedWith(trap, Bytes.EMPTY));
    assertKept(grant.expandingTo(new Expansion(TrapIds.all(), true, TrapIds.all())).build());
  }

  @Test
  void aGrantMayHaveFiveEmptyIds() {
    assertKept(aGrant().id("g1").of("", "", "").forPrincipal("", "").build());
  }

  @Test
  void oneIdMayBeAsLongAsAllTogether() {
    requires(Capability.LONG_IDS);
    for (String longest : longestIds()) {
      assertKept(aGrant().id(longest).of("", "", "").forPrincipal("", "").build());
      assertKept(aGrant().id("i").of(tail(longest), "", "").forPrincipal("", "").build());
      assertKept(aGrant().id("i").of("", tail(longest), "").forPrincipal("", "").build());
      assertKept(aGrant().id("i").of("", "", tail(longest)).forPrincipal("", "").build());
      assertKept(aGrant().id("i").of("", "", "").forPrincipal(tail(longest), "").build());
      assertKept(aGrant().id("i").of("", "", "").forPrincipal("", tail(longest)).build());
    }
  }

  @Test
  void longIdsThatDifferOnlyAtTheirEndStayApart() {
    requires(Capability.LONG_IDS);
    String shared = "x".repeat(30_000);
    assertKept(
        aGrant().id(shared + "1").of("", "", "").build(),
        aGrant().id(shared + "2").of("", "", "").build(),
        aGrant().id(shared).of("", "", "").build());
  }

  /** The longest ids there may be, of characters that a key codec escapes, and that it does not. */
  private static List<String> longestIds() {
    int limit = Ids.MAX_GRANT_IDS_BYTES;
    return List.of(
        "\u0000".repeat(limit),
        "\u0001".repeat(limit),
        "x".repeat(limit),
        TrapIds.ASTRAL.repeat(limit / 4));
  }

  private static String tail(String longest) {
    boolean isAstral = Character.isSurrogate(longest.charAt(0));
    return longest.substring(isAstral ? 2 : 1);
  }

  private void assertKept(Grant... grants) {
    Reads.assertHoldsExactly(storeWith(grants), SYNC, List.of(grants));
  }
}
