package dev.grantstore;

/** The six ids of a grant, in the order of its canonical form. */
public enum IdField {
  /** {@link Grant#id()}. */
  GRANT_ID(0),
  /** {@link EntitlementRef#resourceTypeId()}. */
  ENTITLEMENT_TYPE(1),
  /** {@link EntitlementRef#resourceId()}. */
  ENTITLEMENT_RESOURCE(2),
  /** {@link EntitlementRef#entitlementId()}. */
  ENTITLEMENT_ID(3),
  /** {@link PrincipalRef#resourceTypeId()}. */
  PRINCIPAL_TYPE(4),
  /** {@link PrincipalRef#resourceId()}. */
  PRINCIPAL_ID(5);

  /** How many there are. */
  public static final int COUNT = 6;

  private final int position;

  IdField(int position) {
    this.position = position;
  }

  /** {@return its place among the ids of a grant, from 0} */
  public int position() {
    return position;
  }

  /**
   * {@return this id of a grant}
   *
   * @param grant whose
   */
  public String of(Grant grant) {
    return switch (this) {
      case GRANT_ID -> grant.id();
      case ENTITLEMENT_TYPE -> grant.entitlement().resourceTypeId();
      case ENTITLEMENT_RESOURCE -> grant.entitlement().resourceId();
      case ENTITLEMENT_ID -> grant.entitlement().entitlementId();
      case PRINCIPAL_TYPE -> grant.principal().resourceTypeId();
      case PRINCIPAL_ID -> grant.principal().resourceId();
    };
  }
}
