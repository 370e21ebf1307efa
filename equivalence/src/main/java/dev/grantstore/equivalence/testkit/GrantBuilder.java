package dev.grantstore.equivalence.testkit;

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

/**
 * Arranges grants for tests: {@code aGrant().id("g1").forUser("u1").build()}. What is not said has
 * a harmless value. Not thread-safe.
 */
public final class GrantBuilder {
  /** {@link Grant#discoveredAt()} unless said otherwise. */
  public static final Instant DISCOVERED = Instant.parse("2024-02-29T12:34:56.789012345Z");

  private String id = "g";
  private EntitlementRef entitlement = new EntitlementRef("app", "app-1", "member");
  private PrincipalRef principal = new PrincipalRef("user", "u");
  private Instant discoveredAt = DISCOVERED;
  private boolean needsExpansion;
  private Optional<Expansion> expansion = Optional.empty();
  private Optional<Instant> expiresAt = Optional.empty();
  private final List<GrantSource> sources = new ArrayList<>();
  private final List<Annotation> annotations = new ArrayList<>();

  private GrantBuilder() {}

  /** {@return a builder whose grant says that user u is a member of app-1} */
  public static GrantBuilder aGrant() {
    return new GrantBuilder();
  }

  /**
   * {@return a builder whose grant has a value in every field}
   *
   * @param id the grant's id
   */
  public static GrantBuilder aFullGrant(String id) {
    return aGrant()
        .id(id)
        .discoveredAt(Instant.parse("1969-12-31T23:59:59.000000001Z"))
        .needingExpansion()
        .expiringAt(Instant.parse("2038-01-19T03:14:08.000000009Z"))
        .expandingTo(new Expansion(List.of("e2", "e1", "e2"), true, List.of("user", "", "group")))
        .from(new GrantSource("source-b", "group", "g-7", "owner", false))
        .from(new GrantSource("source-a", "", "", "", true))
        .annotatedWith("type.example/b", Bytes.copyOf(new byte[] {0, -1, (byte) 0xc0, 1}))
        .annotatedWith("type.example/a", Bytes.EMPTY)
        .annotatedWith("type.example/b", Bytes.copyOf(new byte[] {0, -1, (byte) 0xc0, 1}));
  }

  /**
   * {@return this}
   *
   * @param newId the grant's id
   */
  public GrantBuilder id(String newId) {
    id = newId;
    return this;
  }

  /**
   * {@return this}
   *
   * @param resourceTypeId the entitlement's resource type
   * @param resourceId the entitlement's resource
   * @param entitlementId the entitlement's own id
   */
  public GrantBuilder of(String resourceTypeId, String resourceId, String entitlementId) {
    entitlement = new EntitlementRef(resourceTypeId, resourceId, entitlementId);
    return this;
  }

  /**
   * {@return this}
   *
   * @param entitlementId the entitlement's own id, on the same resource as before
   */
  public GrantBuilder ofEntitlement(String entitlementId) {
    return of(entitlement.resourceTypeId(), entitlement.resourceId(), entitlementId);
  }

  /**
   * {@return this}
   *
   * @param resourceTypeId the principal's type
   * @param resourceId the principal's id
   */
  public GrantBuilder forPrincipal(String resourceTypeId, String resourceId) {
    principal = new PrincipalRef(resourceTypeId, resourceId);
    return this;
  }

  /**
   * {@return this}
   *
   * @param userId the id of a principal of type user
   */
  public GrantBuilder forUser(String userId) {
    return forPrincipal("user", userId);
  }

  /**
   * {@return this}
   *
   * @param instant when the connector saw it
   */
  public GrantBuilder discoveredAt(Instant instant) {
    discoveredAt = instant;
    return this;
  }

  /**
   * {@return this}
   *
   * @param instant when the grant ends
   */
  public GrantBuilder expiringAt(Instant instant) {
    expiresAt = Optional.of(instant);
    return this;
  }

  /** {@return this, needing expansion} */
  public GrantBuilder needingExpansion() {
    needsExpansion = true;
    return this;
  }

  /**
   * {@return this}
   *
   * @param how how the grant is to be expanded
   */
  public GrantBuilder expandingTo(Expansion how) {
    expansion = Optional.of(how);
    return this;
  }

  /**
   * {@return this}
   *
   * @param source one more source
   */
  public GrantBuilder from(GrantSource source) {
    sources.add(source);
    return this;
  }

  /**
   * {@return this}
   *
   * @param typeUrl what one more annotation is
   * @param value its bytes
   */
  public GrantBuilder annotatedWith(String typeUrl, Bytes value) {
    annotations.add(new Annotation(typeUrl, value));
    return this;
  }

  /** {@return the grant} */
  public Grant build() {
    return new Grant(
        id,
        entitlement,
        principal,
        discoveredAt,
        needsExpansion,
        expansion,
        sources,
        annotations,
        expiresAt);
  }
}
