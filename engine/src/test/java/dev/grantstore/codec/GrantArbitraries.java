package dev.grantstore.codec;

import dev.grantstore.Annotation;
import dev.grantstore.Bytes;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantSource;
import dev.grantstore.PrincipalRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Grants with every field in every state, and ids that are each other's near misses. */
public final class GrantArbitraries {
  private static final List<String> TRAPS =
      List.of(
          "",
          "\u0000",
          "\u0000\u0000",
          "\u0001",
          "\u0001\u0001",
          "\u0001\u0002",
          "a",
          "a\u0000",
          "a\u0000b",
          "a\u0001",
          "ab",
          "ent",
          "ent-1",
          "\u007f",
          "\u00e9",
          "e\u0301",
          "\ufb49",
          "\ufffd",
          "\uffff",
          "\ud83d\udd25",
          "\udbff\udfff",
          "x".repeat(7),
          "x".repeat(8),
          "x".repeat(127),
          "x".repeat(128),
          "\u0000".repeat(300));

  private GrantArbitraries() {}

  /** Any id, the traps often. */
  public static Arbitrary<String> ids() {
    Arbitrary<String> any =
        Arbitraries.strings()
            .withCharRange('\u0000', '\ud7ff')
            .withCharRange('\ue000', '\uffff')
            .ofMaxLength(12);
    return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.of(TRAPS)), Tuple.of(1, any));
  }

  /** Ids from a pool so small that rows collide in every part. */
  public static Arbitrary<String> fewIds() {
    return Arbitraries.of("", "\u0000", "a", "a\u0000", "ab", "ent", "ent-1");
  }

  /** Every field in every state, ids from {@link #ids}. */
  public static Arbitrary<Grant> grants() {
    return grants(ids());
  }

  /**
   * Every field in every state.
   *
   * @param id where the ids come from
   */
  public static Arbitrary<Grant> grants(Arbitrary<String> id) {
    Arbitrary<Grant> endless =
        Combinators.combine(
                id.filter(text -> !text.isEmpty()),
                Combinators.combine(id, id, id).as(EntitlementRef::new),
                Combinators.combine(id, id).as(PrincipalRef::new),
                instants(),
                Arbitraries.of(true, false),
                expansions(id),
                sources(id),
                annotations(id))
            .as(Grant::new);
    return Combinators.combine(endless, instants().optional(0.5)).as(Grant::withExpiresAt);
  }

  static Arbitrary<Instant> instants() {
    Arbitrary<Instant> any =
        Combinators.combine(
                Arbitraries.longs()
                    .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                Arbitraries.of(0, 1, 127, 128, 999_999_999))
            .as(Instant::ofEpochSecond);
    return Arbitraries.oneOf(
        any,
        Arbitraries.of(
            Instant.MIN,
            Instant.MAX,
            Instant.EPOCH,
            Instant.ofEpochSecond(-1, 999_999_999),
            Instant.ofEpochSecond(0, 1)));
  }

  private static Arbitrary<Optional<Expansion>> expansions(Arbitrary<String> id) {
    return Combinators.combine(
            id.list().ofMaxSize(3), Arbitraries.of(true, false), id.list().ofMaxSize(3))
        .as(Expansion::new)
        .optional(0.6);
  }

  private static Arbitrary<List<GrantSource>> sources(Arbitrary<String> id) {
    return Combinators.combine(id, id, id, id, Arbitraries.of(true, false))
        .as(GrantSource::new)
        .list()
        .ofMaxSize(3)
        .uniqueElements(GrantSource::sourceId);
  }

  private static Arbitrary<List<Annotation>> annotations(Arbitrary<String> id) {
    Arbitrary<Bytes> value =
        Arbitraries.frequencyOf(
            Tuple.of(6, TrapElements.shortElements()),
            Tuple.of(1, Arbitraries.of(Bytes.copyOf(new byte[127]), Bytes.copyOf(new byte[128]))));
    return Combinators.combine(id, value).as(Annotation::new).list().ofMaxSize(3);
  }
}
