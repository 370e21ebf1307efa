package dev.grantstore.equivalence.run;

import dev.grantstore.Grant;
import dev.grantstore.GrantReader;
import dev.grantstore.GrantView;
import dev.grantstore.IdField;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a get into a view answers as the one that gives a grant did. */
public final class ViewedGrant {
  private ViewedGrant() {}

  /**
   * {@return whether it does}
   *
   * @param reader asked
   * @param syncId the sync
   * @param grantId the grant
   * @param found what the other get answered
   */
  public static boolean isSame(
      GrantReader reader, String syncId, String grantId, Optional<Grant> found) {
    GrantView view = new GrantView();
    boolean isThere = reader.get(syncId, grantId, view);
    Grant expected = found.orElse(null);
    if (expected == null) {
      return !isThere && view.id(IdField.GRANT_ID).length() == 0;
    }
    List<String> ids =
        List.of(
            expected.id(),
            expected.entitlement().resourceTypeId(),
            expected.entitlement().resourceId(),
            expected.entitlement().entitlementId(),
            expected.principal().resourceTypeId(),
            expected.principal().resourceId());
    boolean areSame = isThere;
    for (IdField field : IdField.values()) {
      areSame &= view.id(field).toString().equals(ids.get(field.position()));
    }
    return areSame
        && Instant.ofEpochSecond(view.discoveredSeconds(), view.discoveredNanos())
            .equals(expected.discoveredAt())
        && view.needsExpansion() == expected.needsExpansion()
        && expiry(view).equals(expected.expiresAt());
  }

  private static Optional<Instant> expiry(GrantView view) {
    return view.hasExpiry()
        ? Optional.of(Instant.ofEpochSecond(view.expiresSeconds(), view.expiresNanos()))
        : Optional.empty();
  }
}
