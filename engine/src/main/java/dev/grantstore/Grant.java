package dev.grantstore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * "Principal P holds entitlement E", with an id. Immutable.
 *
 * <p>A grant is a plain value: two grants are equal when every field is. Its ids together are
 * limited to {@link Ids#MAX_GRANT_IDS_BYTES}, everything else together to {@link
 * #MAX_PAYLOAD_BYTES}.
 *
 * @param id the connector's external id; not empty; names the grant within its sync
 * @param entitlement what is held
 * @param principal who holds it
 * @param discoveredAt when the connector saw it, to the nanosecond
 * @param needsExpansion whether expansion is still to be done for it
 * @param expansion how it is to be expanded, if at all
 * @param sources where it comes from, ordered by source id, each id once
 * @param annotations what the connector attached, in its order
 * @param expiresAt when it ends, to the nanosecond, if it does: from this instant on it is in no
 *     answer of {@link GrantReader#asOf}; every other read gives it all the same
 */
public record Grant(
    String id,
    EntitlementRef entitlement,
    PrincipalRef principal,
    Instant discoveredAt,
    boolean needsExpansion,
    Optional<Expansion> expansion,
    List<GrantSource> sources,
    List<Annotation> annotations,
    Optional<Instant> expiresAt) {

  /** Expansion, sources and annotations of one grant together, in bytes. */
  public static final int MAX_PAYLOAD_BYTES = 64 << 20;

  private static final Comparator<GrantSource> BY_SOURCE_ID =
      Comparator.comparing(GrantSource::sourceId, Ids.ORDER);

  /**
   * Checks every rule of the contract for one grant; {@code sources} are put in order.
   *
   * @throws IllegalArgumentException naming the field, the rule and an excerpt of the value
   */
  public Grant {
    Ids.checkGrantId(id);
    Objects.requireNonNull(entitlement, "entitlement");
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(discoveredAt, "discoveredAt");
    Objects.requireNonNull(expansion, "expansion");
    sources = inOrder(sources);
    annotations = List.copyOf(annotations);
    Objects.requireNonNull(expiresAt, "expiresAt");
    checkIdsFit(id, entitlement, principal);
    checkPayloadFits(id, expansion, sources, annotations);
  }

  /**
   * Creates a grant that does not expire.
   *
   * @param id the connector's external id
   * @param entitlement what is held
   * @param principal who holds it
   * @param discoveredAt when the connector saw it
   * @param needsExpansion whether expansion is still to be done for it
   * @param expansion how it is to be expanded, if at all
   * @param sources where it comes from, each id once
   * @param annotations what the connector attached
   */
  public Grant(
      String id,
      EntitlementRef entitlement,
      PrincipalRef principal,
      Instant discoveredAt,
      boolean needsExpansion,
      Optional<Expansion> expansion,
      List<GrantSource> sources,
      List<Annotation> annotations) {
    this(
        id,
        entitlement,
        principal,
        discoveredAt,
        needsExpansion,
        expansion,
        sources,
        annotations,
        Optional.empty());
  }

  /**
   * {@return a grant without expansion, sources and annotations, that does not expire}
   *
   * @param id the connector's external id
   * @param entitlement what is held
   * @param principal who holds it
   * @param discoveredAt when the connector saw it
   */
  public static Grant of(
      String id, EntitlementRef entitlement, PrincipalRef principal, Instant discoveredAt) {
    return new Grant(
        id, entitlement, principal, discoveredAt, false, Optional.empty(), List.of(), List.of());
  }

  /**
   * {@return this grant with another end}
   *
   * @param end when it expires; empty for never
   */
  public Grant withExpiresAt(Optional<Instant> end) {
    return new Grant(
        id,
        entitlement,
        principal,
        discoveredAt,
        needsExpansion,
        expansion,
        sources,
        annotations,
        end);
  }

  /**
   * {@return whether the grant has ended by an instant; at its end itself it has}
   *
   * @param asOf the instant
   */
  public boolean isExpired(Instant asOf) {
    return expiresAt.isPresent() && !expiresAt.get().isAfter(asOf);
  }

  private static List<GrantSource> inOrder(List<GrantSource> sources) {
    if (sources.size() < 2) {
      return List.copyOf(sources);
    }
    List<GrantSource> sorted = new ArrayList<>(sources);
    sorted.sort(BY_SOURCE_ID);
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).sourceId().equals(sorted.get(i - 1).sourceId())) {
        throw new IllegalArgumentException(
            "source id twice in one grant: " + Excerpt.of(sorted.get(i).sourceId()));
      }
    }
    return List.copyOf(sorted);
  }

  private static void checkIdsFit(String id, EntitlementRef e, PrincipalRef p) {
    int chars =
        id.length()
            + e.resourceTypeId().length()
            + e.resourceId().length()
            + e.entitlementId().length()
            + p.resourceTypeId().length()
            + p.resourceId().length();
    if (chars <= Ids.MAX_GRANT_IDS_BYTES / 3) {
      return;
    }
    int bytes =
        Ids.utf8Length(id)
            + Ids.utf8Length(e.resourceTypeId())
            + Ids.utf8Length(e.resourceId())
            + Ids.utf8Length(e.entitlementId())
            + Ids.utf8Length(p.resourceTypeId())
            + Ids.utf8Length(p.resourceId());
    if (bytes > Ids.MAX_GRANT_IDS_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "ids of one grant are too long together: bytes=%d limit=%d id=%s",
              bytes,
              Ids.MAX_GRANT_IDS_BYTES,
              Excerpt.of(id)));
    }
  }

  private static void checkPayloadFits(
      String id,
      Optional<Expansion> expansion,
      List<GrantSource> sources,
      List<Annotation> annotations) {
    if (expansion.isEmpty() && sources.isEmpty() && annotations.isEmpty()) {
      return;
    }
    long bytes = 0;
    for (Annotation a : annotations) {
      bytes += Ids.utf8Length(a.typeUrl()) + (long) a.value().length();
    }
    for (GrantSource s : sources) {
      bytes +=
          (long) Ids.utf8Length(s.sourceId())
              + Ids.utf8Length(s.resourceTypeId())
              + Ids.utf8Length(s.resourceId())
              + Ids.utf8Length(s.entitlementId());
    }
    if (expansion.isPresent()) {
      for (String e : expansion.get().entitlementIds()) {
        bytes += Ids.utf8Length(e);
      }
      for (String t : expansion.get().resourceTypeIds()) {
        bytes += Ids.utf8Length(t);
      }
    }
    if (bytes > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expansion, sources and annotations are too long together: bytes=%d limit=%d id=%s",
              bytes,
              MAX_PAYLOAD_BYTES,
              Excerpt.of(id)));
    }
  }
}
