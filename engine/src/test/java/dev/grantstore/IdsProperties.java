package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class IdsProperties {
  @Property(tries = 1000)
  void orderIsThatOfUnsignedUtf8Bytes(@ForAll("text") String a, @ForAll("text") String b) {
    int expected =
        Arrays.compareUnsigned(
            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    assertThat(Integer.signum(Ids.ORDER.compare(a, b))).isEqualTo(Integer.signum(expected));
  }

  @Property(tries = 1000)
  void orderOfTextsWithOnePrefixIsThatOfTheRest(
      @ForAll("text") String prefix, @ForAll("text") String a, @ForAll("text") String b) {
    assertThat(Integer.signum(Ids.ORDER.compare(prefix + a, prefix + b)))
        .isEqualTo(Integer.signum(Ids.ORDER.compare(a, b)));
  }

  @Property(tries = 1000)
  void lengthIsThatOfUtf8(@ForAll("text") String text) {
    assertThat(Ids.utf8Length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }

  @Property(tries = 1000)
  void textIsTakenExactlyWhenUtf8KeepsIt(@ForAll("anyChars") String text) {
    boolean kept =
        new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);

    assertThat(isTaken(text)).isEqualTo(kept);
  }

  @Provide
  Arbitrary<String> text() {
    return TextArbitraries.text();
  }

  /** Characters, not code points: pairs of surrogates come by chance only, halves all the time. */
  @Provide
  Arbitrary<String> anyChars() {
    Arbitrary<Character> character =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(2, Arbitraries.chars().range('\ud800', '\udbff')),
            net.jqwik.api.Tuple.of(2, Arbitraries.chars().range('\udc00', '\udfff')),
            net.jqwik.api.Tuple.of(1, Arbitraries.chars().all()));
    return character
        .list()
        .ofMaxSize(6)
        .map(
            characters -> {
              StringBuilder text = new StringBuilder();
              characters.forEach(text::append);
              return text.toString();
            });
  }

  private static boolean isTaken(String text) {
    try {
      Ids.check("text", text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
