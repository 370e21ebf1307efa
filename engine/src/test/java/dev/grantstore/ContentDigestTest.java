package dev.grantstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ContentDigestTest {
  /** The digest of {@link CanonicalFormTest#EXAMPLE}; it never changes. */
  private static final String GOLDEN = "5f05f42e4c1d18d9af3fd038584913e0/1";

  private static final List<Grant> GRANTS = List.of(grant("a"), grant("b"), grant("c"));

  @Test
  void ofNothingIsEmpty() {
    assertThat(digest(List.of())).isEqualTo(ContentDigest.EMPTY);
    assertThat(ContentDigest.EMPTY).hasToString("00000000000000000000000000000000/0");
  }

  @Test
  void isTheSameEveryTime() {
    assertThat(digest(List.of(CanonicalFormTest.EXAMPLE))).hasToString(GOLDEN);
  }

  @Test
  void isIndependentOfOrder() {
    List<Grant> reversed = new ArrayList<>(GRANTS);
    Collections.reverse(reversed);

    assertThat(digest(reversed)).isEqualTo(digest(GRANTS));
  }

  @Test
  void adds() {
    assertThat(digest(GRANTS.subList(0, 1)).plus(digest(GRANTS.subList(1, 3))))
        .isEqualTo(digest(GRANTS));
    assertThat(ContentDigest.EMPTY.plus(digest(GRANTS))).isEqualTo(digest(GRANTS));
  }

  @Test
  void takesAway() {
    assertThat(digest(GRANTS).minus(digest(GRANTS.subList(1, 3))))
        .isEqualTo(digest(GRANTS.subList(0, 1)));
    assertThat(digest(GRANTS).minus(digest(GRANTS))).isEqualTo(ContentDigest.EMPTY);
  }

  @Test
  void theAccumulatorForgetsWhatIsRemoved() {
    DigestAccumulator sum = new DigestAccumulator();
    GRANTS.forEach(sum::add);
    sum.remove(GRANTS.get(1));
    CanonicalForm form = new CanonicalForm();
    form.encode(GRANTS.get(2));
    sum.remove(form);

    assertThat(sum.digest()).isEqualTo(digest(GRANTS.subList(0, 1)));
  }

  @Test
  void aFormAndItsGrantAddTheSame() {
    CanonicalForm form = new CanonicalForm();
    form.encode(GRANTS.get(0));
    DigestAccumulator sum = new DigestAccumulator();
    sum.add(form);

    assertThat(sum.digest()).isEqualTo(digest(GRANTS.subList(0, 1)));
  }

  @Test
  void countsEqualGrantsEach() {
    assertThat(digest(List.of(GRANTS.get(0), GRANTS.get(0))))
        .isEqualTo(digest(GRANTS.subList(0, 1)).plus(digest(GRANTS.subList(0, 1))));
    assertThat(digest(GRANTS).count()).isEqualTo(3);
  }

  @Test
  void everyFieldCounts() {
    Set<ContentDigest> digests = new HashSet<>();
    List<Grant> variants = variants();
    variants.forEach(grant -> digests.add(digest(List.of(grant))));

    assertThat(digests).hasSameSizeAs(variants);
  }

  @Test
  void textIsThirtyTwoDigitsAndTheCount() {
    assertThat(new ContentDigest(5, 0x1L, 0xfL))
        .hasToString("0000000000000001000000000000000f/5")
        .extracting(ContentDigest::hex)
        .isEqualTo("0000000000000001000000000000000f");
  }

  static ContentDigest digest(List<Grant> grants) {
    DigestAccumulator sum = new DigestAccumulator();
    grants.forEach(sum::add);
    return sum.digest();
  }

  /** Grants that differ from one another in one small thing each. */
  static List<Grant> variants() {
    List<Grant> variants = new ArrayList<>();
    List<List<String>> sixIds = new ArrayList<>();
    sixIds.add(List.of("g", "t", "r", "e", "pt", "p"));
    for (int i = 0; i < 6; i++) {
      List<String> changed = new ArrayList<>(sixIds.get(0));
      changed.set(i, changed.get(i) + "\u0000");
      sixIds.add(changed);
    }
    sixIds.add(List.of("g", "r", "t", "e", "pt", "p"));
    sixIds.add(List.of("g", "tr", "", "e", "pt", "p"));
    sixIds.forEach(ids -> variants.add(of(ids, 0, false, null, List.of(), List.of())));
    List<String> ids = sixIds.get(0);
    variants.add(of(ids, 1, false, null, List.of(), List.of()));
    variants.add(of(ids, 1_000_000_000, false, null, List.of(), List.of()));
    variants.add(of(ids, 0, true, null, List.of(), List.of()));
    for (boolean shallow : new boolean[] {true, false}) {
      for (List<String> expand : List.of(List.<String>of(), List.of("x"), List.of("x", "y"))) {
        Expansion one = new Expansion(expand, shallow, List.of());
        variants.add(of(ids, 0, false, one, List.of(), List.of()));
        if (!expand.isEmpty()) {
          Expansion other = new Expansion(List.of(), shallow, expand);
          variants.add(of(ids, 0, false, other, List.of(), List.of()));
        }
      }
    }
    for (String s : List.of("", "s")) {
      for (boolean direct : new boolean[] {true, false}) {
        GrantSource source = new GrantSource(s, "t", "r", "e", direct);
        variants.add(of(ids, 0, false, null, List.of(source), List.of()));
      }
      Annotation annotation = new Annotation(s, Bytes.EMPTY);
      variants.add(of(ids, 0, false, null, List.of(), List.of(annotation)));
      variants.add(of(ids, 0, false, null, List.of(), List.of(annotation, annotation)));
      Annotation valued = new Annotation(s, Bytes.copyOf(new byte[1]));
      variants.add(of(ids, 0, false, null, List.of(), List.of(valued)));
    }
    return variants;
  }

  private static Grant of(
      List<String> ids,
      long nanos,
      boolean needsExpansion,
      @org.jspecify.annotations.Nullable Expansion expansion,
      List<GrantSource> sources,
      List<Annotation> annotations) {
    return new Grant(
        ids.get(0),
        new EntitlementRef(ids.get(1), ids.get(2), ids.get(3)),
        new PrincipalRef(ids.get(4), ids.get(5)),
        Instant.ofEpochSecond(0, nanos),
        needsExpansion,
        Optional.ofNullable(expansion),
        sources,
        annotations);
  }

  private static Grant grant(String id) {
    return Grant.of(
        id, new EntitlementRef("t", "r", "e"), new PrincipalRef("user", "u"), Instant.EPOCH);
  }
}
