package dev.grantstore.bench.testengine;

import dev.grantstore.Annotation;
import dev.grantstore.Bytes;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Expansion;
import dev.grantstore.Grant;
import dev.grantstore.GrantSource;
import dev.grantstore.PrincipalRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with one grant of an answer. */
public enum Lie {
  /** It is not there. */
  MISSING,
  /** It is there twice. Of a list only. */
  TWICE,
  /** It has changed places with the next one. Of a list only. */
  SWAPPED,
  /** One of its ids is another. */
  ID,
  /** One of its ids is another. */
  ENTITLEMENT_TYPE,
  /** One of its ids is another. */
  ENTITLEMENT_RESOURCE,
  /** One of its ids is another. */
  ENTITLEMENT_ID,
  /** One of its ids is another. */
  PRINCIPAL_TYPE,
  /** One of its ids is another. */
  PRINCIPAL_ID,
  /** It was seen a second later. */
  SECOND,
  /** It was seen a nanosecond later. */
  NANOSECOND,
  /** It expires a nanosecond later, or does although it does not. */
  EXPIRY,
  /** The flag is the other one. */
  NEEDS_EXPANSION,
  /** Its expansion has one more entitlement. */
  EXPANSION,
  /** The flag within its expansion is the other one. */
  SHALLOW,
  /** It has one more source. */
  SOURCES,
  /** An annotation has one more byte, or there is one more. */
  ANNOTATIONS;

  /** {@return those that change the rows of a list, not what is in them} */
  public static List<Lie> ofRows() {
    return List.of(MISSING, TWICE, SWAPPED);
  }

  /** Tells it about one row of a list. */
  void tell(List<Grant> rows, int at) {
    switch (this) {
      case MISSING -> rows.remove(at);
      case TWICE -> rows.add(at, rows.get(at));
      case SWAPPED -> rows.add(Math.min(at + 1, rows.size() - 1), rows.remove(at));
      default -> rows.set(at, changed(rows.get(at)));
    }
  }

  /** {@return what is told of a grant that is asked for alone} */
  Optional<Grant> told(Grant right) {
    return this == MISSING ? Optional.empty() : Optional.of(changed(right));
  }

  private Grant changed(Grant g) {
    EntitlementRef e = g.entitlement();
    PrincipalRef p = g.principal();
    return new Grant(
        id(ID, g.id()),
        new EntitlementRef(
            id(ENTITLEMENT_TYPE, e.resourceTypeId()),
            id(ENTITLEMENT_RESOURCE, e.resourceId()),
            id(ENTITLEMENT_ID, e.entitlementId())),
        new PrincipalRef(id(PRINCIPAL_TYPE, p.resourceTypeId()), id(PRINCIPAL_ID, p.resourceId())),
        seen(g.discoveredAt()),
        (this == NEEDS_EXPANSION) != g.needsExpansion(),
        expansion(g.expansion()),
        sources(g.sources()),
        annotations(g.annotations()),
        expiry(g.expiresAt()));
  }

  private String id(Lie which, String right) {
    return this == which ? right + "'" : right;
  }

  private Instant seen(Instant right) {
    return this == SECOND ? right.plusSeconds(1) : this == NANOSECOND ? right.plusNanos(1) : right;
  }

  private Optional<Instant> expiry(Optional<Instant> right) {
    return this == EXPIRY ? Optional.of(right.orElse(Instant.EPOCH).plusNanos(1)) : right;
  }

  private Optional<Expansion> expansion(Optional<Expansion> right) {
    Expansion whole = right.orElse(new Expansion(List.of(), false, List.of()));
    if (this == SHALLOW) {
      return Optional.of(
          new Expansion(whole.entitlementIds(), !whole.shallow(), whole.resourceTypeIds()));
    }
    if (this != EXPANSION) {
      return right;
    }
    List<String> ids = new ArrayList<>(whole.entitlementIds());
    ids.add("one more");
    return Optional.of(new Expansion(ids, whole.shallow(), whole.resourceTypeIds()));
  }

  private List<GrantSource> sources(List<GrantSource> right) {
    List<GrantSource> sources = new ArrayList<>(right);
    if (this == SOURCES) {
      sources.add(new GrantSource("one more", "app", "app-0", "e", false));
    }
    return sources;
  }

  private List<Annotation> annotations(List<Annotation> right) {
    List<Annotation> annotations = new ArrayList<>(right);
    if (this == ANNOTATIONS) {
      annotations.add(new Annotation("type", Bytes.copyOf(new byte[] {1})));
    }
    return annotations;
  }
}
