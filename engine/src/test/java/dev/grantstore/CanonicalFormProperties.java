package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class CanonicalFormProperties {
  @Property(tries = 1000)
  void formsAreEqualExactlyWhenGrantsAre(@ForAll("grants") Grant a, @ForAll("grants") Grant b) {
    boolean sameForm = Arrays.equals(CanonicalFormTest.encode(a), CanonicalFormTest.encode(b));

    assertThat(sameForm).isEqualTo(a.equals(b));
  }

  @Property(tries = 1000)
  void noFormIsAPrefixOfAnother(@ForAll("grants") Grant a, @ForAll("grants") Grant b) {
    byte[] formA = CanonicalFormTest.encode(a);
    byte[] formB = CanonicalFormTest.encode(b);
    int shorter = Math.min(formA.length, formB.length);

    assertThat(Arrays.equals(formA, 0, shorter, formB, 0, shorter)).isEqualTo(a.equals(b));
  }

  @Property(tries = 1000)
  void idsAreTheirUtf8Bytes(@ForAll("text") String text) {
    CanonicalForm form = new CanonicalForm();
    form.encode(
        Grant.of(
            "g" + text, new EntitlementRef("", text, ""), new PrincipalRef("", ""), Instant.MIN));

    int offset = form.offset(IdField.ENTITLEMENT_RESOURCE);
    int end = offset + form.length(IdField.ENTITLEMENT_RESOURCE);
    assertThat(Arrays.copyOfRange(form.array(), offset, end))
        .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Few short ids, so that neighbours and equals come often. */
  @Provide
  Arbitrary<Grant> grants() {
    Arbitrary<String> id = Arbitraries.of("", "\u0000", "a", "ab", "b", "\u00e9");
    Arbitrary<EntitlementRef> entitlement = Combinators.combine(id, id, id).as(EntitlementRef::new);
    Arbitrary<PrincipalRef> principal = Combinators.combine(id, id).as(PrincipalRef::new);
    Arbitrary<Instant> instant =
        Arbitraries.of(Instant.EPOCH, Instant.MIN, Instant.ofEpochSecond(0, 1));
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    Arbitrary<List<String>> ids = id.list().ofMaxSize(2);
    Arbitrary<Optional<Expansion>> expansion =
        Combinators.combine(ids, flag, ids).as(Expansion::new).optional();
    Arbitrary<List<GrantSource>> sources =
        Combinators.combine(id, id, id, id, flag)
            .as(GrantSource::new)
            .list()
            .ofMaxSize(2)
            .uniqueElements(GrantSource::sourceId);
    Arbitrary<Bytes> bytes =
        Arbitraries.bytes().array(byte[].class).ofMaxSize(2).map(Bytes::copyOf);
    Arbitrary<List<Annotation>> annotations =
        Combinators.combine(id, bytes).as(Annotation::new).list().ofMaxSize(2);
    return Combinators.combine(
            id.map(text -> "g" + text),
            entitlement,
            principal,
            instant,
            flag,
            expansion,
            sources,
            annotations)
        .as(Grant::new);
  }

  @Provide
  Arbitrary<String> text() {
    return TextArbitraries.text();
  }
}
