package dev.grantstore.equivalence.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.Annotation;
import dev.grantstore.Bytes;
import dev.grantstore.ContentDigest;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantSource;
import dev.grantstore.PrincipalRef;
import dev.grantstore.SyncRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Answers that differ in anything have texts that differ, and the difference has its kind. */
final class AnswerTextTest {
  private static final Instant TIME = Instant.parse("2024-01-01T00:00:00Z");

  @Test
  void noTwoGrantsHaveOneText() {
    List<Grant> grants = grants();
    Set<String> texts = new HashSet<>();
    for (Grant grant : grants) {
      texts.add(AnswerText.line(Answer.rows("end", List.of(grant))));
    }

    assertThat(texts).hasSize(grants.size());
  }

  @Test
  void noTwoSyncsHaveOneText() {
    List<SyncRun> runs =
        List.of(
            open("a", "t", 0, Optional.empty()),
            open("b", "t", 0, Optional.empty()),
            open("a", "u", 0, Optional.empty()),
            open("a", "t", 1, Optional.empty()),
            open("a", "t", 0, Optional.of(bytes(1))),
            open("a", "t", 0, Optional.of(bytes(2))),
            sealed(0, new ContentDigest(1, 2, 3)),
            sealed(1, new ContentDigest(1, 2, 3)),
            sealed(0, new ContentDigest(2, 2, 3)),
            sealed(0, new ContentDigest(1, 3, 3)),
            sealed(0, new ContentDigest(1, 2, 4)));
    Set<String> texts = new HashSet<>();
    runs.forEach(run -> texts.add(AnswerText.line(Answer.syncs(List.of(run)))));

    assertThat(texts).hasSize(runs.size());
  }

  @Test
  void rowsAndWhatIsNotThereStandInTheirOrder() {
    Grant one = grants().get(0);
    Grant other = grants().get(1);
    List<Optional<Grant>> rows = List.of(Optional.of(one), Optional.empty(), Optional.of(other));

    List<String> parts = AnswerText.parts(new Answer("ok", rows, List.of()));

    assertThat(parts).hasSize(4).startsWith("ok");
    assertThat(parts.get(1)).contains("id=\"g\" ");
    assertThat(parts.get(2)).isEqualTo("(none)");
    assertThat(parts.get(3)).contains("id=\"h\" ");
  }

  @Test
  void eachKindOfDifferenceIsToldFromTheOthers() {
    Grant a = grants().get(0);
    Grant b = grants().get(1);
    Grant c = grants().get(2);
    Answer refused = Answer.refused(new IllegalArgumentException("no"));
    Answer otherwise = Answer.refused(new IllegalStateException("no"));
    Answer two = Answer.rows("end", List.of(a, b));

    assertThat(DiffKind.of(two, refused)).isEqualTo(DiffKind.REFUSAL);
    assertThat(DiffKind.of(refused, two)).isEqualTo(DiffKind.REFUSAL);
    assertThat(DiffKind.of(refused, otherwise)).isEqualTo(DiffKind.REFUSAL);
    assertThat(
            DiffKind.of(
                Answer.syncs(List.of()), Answer.syncs(List.of(open("a", "", 0, Optional.empty())))))
        .isEqualTo(DiffKind.SYNCS);
    assertThat(DiffKind.of(two, Answer.rows("more", List.of(a, b)))).isEqualTo(DiffKind.OUTCOME);
    assertThat(DiffKind.of(two, Answer.rows("end", List.of(b)))).isEqualTo(DiffKind.MISSING_ROW);
    assertThat(DiffKind.of(two, Answer.rows("end", List.of(a, b, b))))
        .isEqualTo(DiffKind.EXTRA_ROW);
    assertThat(DiffKind.of(two, Answer.rows("end", List.of(b, a)))).isEqualTo(DiffKind.ORDER);
    assertThat(DiffKind.of(two, Answer.rows("end", List.of(a, c)))).isEqualTo(DiffKind.CONTENT);
    assertThat(DiffKind.of(two, Answer.rows("end", List.of(a, a)))).isEqualTo(DiffKind.CONTENT);
  }

  /** One, and others of which each differs from it, and from those before it, in one thing. */
  private static List<Grant> grants() {
    EntitlementRef ent = new EntitlementRef("t", "r", "e");
    PrincipalRef who = new PrincipalRef("u", "p");
    Grant one = Grant.of("g", ent, who, TIME);
    List<Grant> all =
        new ArrayList<>(
            List.of(
                one,
                Grant.of("h", ent, who, TIME),
                Grant.of("g", new EntitlementRef("T", "r", "e"), who, TIME),
                Grant.of("g", new EntitlementRef("t", "R", "e"), who, TIME),
                Grant.of("g", new EntitlementRef("t", "r", "E"), who, TIME),
                Grant.of("g", ent, new PrincipalRef("U", "p"), TIME),
                Grant.of("g", ent, new PrincipalRef("u", "P"), TIME),
                Grant.of("g", ent, who, TIME.plusNanos(1)),
                one.withExpiresAt(Optional.of(TIME)),
                one.withExpiresAt(Optional.of(TIME.plusNanos(1))),
                with(true, List.of(), List.of(), List.of())));
    for (Expansion expansion :
        List.of(
            new Expansion(List.of("e"), false, List.of()),
            new Expansion(List.of("f"), false, List.of()),
            new Expansion(List.of("e"), true, List.of()),
            new Expansion(List.of("e"), false, List.of("t")))) {
      all.add(with(false, List.of(expansion), List.of(), List.of()));
    }
    for (GrantSource source :
        List.of(
            new GrantSource("s", "t", "r", "e", false),
            new GrantSource("S", "t", "r", "e", false),
            new GrantSource("s", "T", "r", "e", false),
            new GrantSource("s", "t", "R", "e", false),
            new GrantSource("s", "t", "r", "E", false),
            new GrantSource("s", "t", "r", "e", true))) {
      all.add(with(false, List.of(), List.of(source), List.of()));
    }
    for (Annotation annotation :
        List.of(
            new Annotation("u", bytes(1)),
            new Annotation("v", bytes(1)),
            new Annotation("u", bytes(2)))) {
      all.add(with(false, List.of(), List.of(), List.of(annotation)));
    }
    return all;
  }

  private static Grant with(
      boolean needsExpansion,
      List<Expansion> expansion,
      List<GrantSource> sources,
      List<Annotation> annotations) {
    return new Grant(
        "g",
        new EntitlementRef("t", "r", "e"),
        new PrincipalRef("u", "p"),
        TIME,
        needsExpansion,
        expansion.stream().findFirst(),
        sources,
        annotations,
        Optional.empty());
  }

  private static SyncRun open(String id, String type, int nanos, Optional<Bytes> token) {
    return new SyncRun(id, type, TIME.plusNanos(nanos), Optional.empty(), Optional.empty(), token);
  }

  private static SyncRun sealed(int nanos, ContentDigest digest) {
    return new SyncRun(
        "a", "t", TIME, Optional.of(TIME.plusNanos(nanos)), Optional.of(digest), Optional.empty());
  }

  private static Bytes bytes(int value) {
    return Bytes.copyOf(new byte[] {(byte) value});
  }
}
