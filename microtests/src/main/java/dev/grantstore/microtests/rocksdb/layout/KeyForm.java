package dev.grantstore.microtests.rocksdb.layout;

import dev.grantstore.CanonicalForm;
import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import dev.grantstore.PrincipalRef;

/** How keys are made of ids. One thread. */
interface KeyForm {
  /** The key of a grant. */
  byte[] grant(String grantId);

  /** What all keys of an entitlement's grants start with. */
  byte[] entitlement(EntitlementRef entitlement);

  /** What all keys of a principal's grants start with. */
  byte[] principal(PrincipalRef principal);

  /** What all keys of a principal's grants of an entitlement start with. */
  byte[] holding(PrincipalRef principal, EntitlementRef entitlement);

  /** The row of a grant; {@code form} is its canonical form. */
  Row row(Table table, Grant grant, CanonicalForm form);
}
