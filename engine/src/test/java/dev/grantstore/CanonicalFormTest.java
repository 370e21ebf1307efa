package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CanonicalFormTest {
  /** The worked example of the format. */
  static final Grant EXAMPLE =
      new Grant(
          "g\u0000",
          new EntitlementRef("app", "", "\u00e9"),
          new PrincipalRef("user", "\ud83d\udd25"),
          Instant.ofEpochSecond(-1, 5),
          true,
          Optional.of(new Expansion(List.of("e2", "e1"), true, List.of("user"))),
          List.of(
              new GrantSource("s2", "", "", "", false), new GrantSource("s1", "t", "r", "e", true)),
          List.of(new Annotation("u", Bytes.copyOf(new byte[] {0, (byte) 0xff}))));

  private static final List<String> EXAMPLE_HEX =
      List.of(
          // id*6
          "02000000 6700",
          "03000000 617070",
          "00000000",
          "02000000 c3a9",
          "04000000 75736572",
          "04000000 f09f94a5",
          // discovered, flags
          "ffffffffffffffff 05000000",
          "03",
          // expansion
          "01",
          "02000000 02000000 6532 02000000 6531",
          "01000000 04000000 75736572",
          // sources, in order of their ids
          "02000000",
          "02000000 7331 01000000 74 01000000 72 01000000 65 01",
          "02000000 7332 00000000 00000000 00000000 00",
          // annotations
          "01000000",
          "01000000 75 02000000 00ff");

  @Test
  void theWorkedExampleIsWrittenAsTheGrammarSays() {
    String expected = String.join("", EXAMPLE_HEX).replace(" ", "");

    assertThat(HexFormat.of().formatHex(encode(EXAMPLE))).isEqualTo(expected);
  }

  /** The flags and what follows them: the form of a grant that does not expire stays. */
  @Test
  void anEndStandsBehindTheFlags() {
    String endless = String.join("", EXAMPLE_HEX).replace(" ", "");
    String ending = endless.replace("05000000" + "03", "05000000" + "07feffffffffffffff09000000");

    assertThat(
            HexFormat.of()
                .formatHex(
                    encode(EXAMPLE.withExpiresAt(Optional.of(Instant.ofEpochSecond(-2, 9))))))
        .isEqualTo(ending)
        .isNotEqualTo(endless);
  }

  @Test
  void offsetsAndLengthsFindTheIds() {
    CanonicalForm form = new CanonicalForm();
    form.encode(EXAMPLE);
    Map<IdField, String> ids = new EnumMap<>(IdField.class);
    for (IdField field : IdField.values()) {
      ids.put(
          field,
          new String(form.array(), form.offset(field), form.length(field), StandardCharsets.UTF_8));
    }

    assertThat(ids)
        .containsExactly(
            Map.entry(IdField.GRANT_ID, "g\u0000"),
            Map.entry(IdField.ENTITLEMENT_TYPE, "app"),
            Map.entry(IdField.ENTITLEMENT_RESOURCE, ""),
            Map.entry(IdField.ENTITLEMENT_ID, "\u00e9"),
            Map.entry(IdField.PRINCIPAL_TYPE, "user"),
            Map.entry(IdField.PRINCIPAL_ID, "\ud83d\udd25"));
    assertThat(ids).hasSize(IdField.COUNT);
  }

  @Test
  void theBufferIsUsedAgainWithoutTraces() {
    CanonicalForm form = new CanonicalForm();
    Grant small = ContentDigestTest.variants().get(0);
    form.encode(EXAMPLE);
    form.encode(small);

    assertThat(Arrays.copyOf(form.array(), form.length())).isEqualTo(encode(small));
  }

  @Test
  void theBufferGrowsAnywhere() {
    String longId = "\u20ac".repeat(5_000);
    Bytes large = Bytes.copyOf(new byte[100_000]);
    for (int around = 480; around < 520; around++) {
      Grant grant =
          new Grant(
              "x".repeat(around),
              new EntitlementRef("", "", longId),
              new PrincipalRef("", ""),
              Instant.MAX,
              false,
              Optional.of(new Expansion(List.of(longId), false, List.of(longId))),
              List.of(new GrantSource(longId, "", "", "", true)),
              List.of(new Annotation(longId, large), new Annotation("", Bytes.EMPTY)));
      int expected = 6 * 4 + around + 15_000 + 8 + 4 + 1 + 1 + 2 * (4 + 4 + 15_000);
      expected += 4 + 4 * 4 + 15_000 + 1 + 4 + 2 * (4 + 4) + 15_000 + 100_000;

      assertThat(encode(grant)).hasSize(expected);
    }
  }

  @Test
  void extremeInstantsAreKeptApart() {
    assertThat(encode(at(Instant.MIN))).isNotEqualTo(encode(at(Instant.MAX)));
    assertThat(encode(at(Instant.ofEpochSecond(0, 1))))
        .isNotEqualTo(encode(at(Instant.ofEpochSecond(1))));
  }

  static byte[] encode(Grant grant) {
    CanonicalForm form = new CanonicalForm();
    form.encode(grant);
    return Arrays.copyOf(form.array(), form.length());
  }

  private static Grant at(Instant instant) {
    return Grant.of("g", new EntitlementRef("", "", ""), new PrincipalRef("", ""), instant);
  }
}
