package dev.grantstore.layout;

import static dev.grantstore.IdField.ENTITLEMENT_ID;
import static dev.grantstore.IdField.ENTITLEMENT_RESOURCE;
import static dev.grantstore.IdField.ENTITLEMENT_TYPE;
import static dev.grantstore.IdField.GRANT_ID;
import static dev.grantstore.IdField.PRINCIPAL_ID;
import static dev.grantstore.IdField.PRINCIPAL_TYPE;

import dev.grantstore.Grant;
import dev.grantstore.IdField;
import java.util.List;

/**
 * The keyspaces of a store, and the keys of those that hold grants.
 *
 * <pre>
 * key := sync:u32 id*         ids as tuple elements, in the order given here
 * </pre>
 *
 * <p>Each that holds grants is covering: key and value together hold the whole grant.
 */
public enum Keyspace {
  /** One row per grant, by its id. */
  GRANTS("grants", true, GRANT_ID),
  /** One row per grant, by what is held. */
  BY_ENTITLEMENT(
      "by_entitlement",
      false,
      ENTITLEMENT_TYPE,
      ENTITLEMENT_RESOURCE,
      ENTITLEMENT_ID,
      PRINCIPAL_TYPE,
      PRINCIPAL_ID,
      GRANT_ID),
  /** One row per grant, by who holds it. */
  BY_PRINCIPAL(
      "by_principal",
      false,
      PRINCIPAL_TYPE,
      PRINCIPAL_ID,
      ENTITLEMENT_TYPE,
      ENTITLEMENT_RESOURCE,
      ENTITLEMENT_ID,
      GRANT_ID),
  /** One row per grant that needs expansion, by its id. */
  NEEDS_EXPANSION("needs_expansion", true, GRANT_ID),
  /** What is not a grant, by the keys of {@link MetaKeys}. */
  META("default", false);

  /** Those that hold grants; {@link #GRANTS} first. */
  public static final List<Keyspace> OF_GRANTS =
      List.of(GRANTS, BY_ENTITLEMENT, BY_PRINCIPAL, NEEDS_EXPANSION);

  private final String label;
  private final boolean referencesInValue;

  @SuppressWarnings("ImmutableEnumChecker") // never changed and never handed out
  private final IdField[] keyOrder;

  Keyspace(String label, boolean referencesInValue, IdField... keyOrder) {
    this.label = label;
    this.referencesInValue = referencesInValue;
    this.keyOrder = keyOrder;
  }

  /** {@return the name it has in the engine, in reports and in errors} */
  public String label() {
    return label;
  }

  /** {@return whether the value holds the references, because the key names the grant only} */
  public boolean referencesInValue() {
    return referencesInValue;
  }

  /**
   * {@return whether a grant has a row here}
   *
   * @param grant the grant
   */
  public boolean includes(Grant grant) {
    return this != META && (this != NEEDS_EXPANSION || grant.needsExpansion());
  }

  /** {@return the ids in its key, in order} */
  public List<IdField> keyOrder() {
    return List.of(keyOrder);
  }

  IdField[] keyOrderArray() {
    return keyOrder;
  }
}
