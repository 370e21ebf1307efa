package dev.grantstore.bench.testengine;

import dev.grantstore.EntitlementRef;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.GrantView;
import dev.grantstore.PrincipalRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Right in all it says but for what strikes: one grant of one answer. */
public final class LyingStore extends ForwardingGrantStore {
  private final Lie lie;
  private final Predicate<String> strikes;

  /**
   * Passes everything on to {@code store}.
   *
   * @param lie what is told of a grant; whether somebody holds something is told the other way
   * @param strikes of which it is told: asked once for each grant that is given, or not found, with
   *     its id, and for each check with the ids of who and what
   */
  public LyingStore(GrantStore store, Lie lie, Predicate<String> strikes) {
    super(store);
    this.lie = lie;
    this.strikes = strikes;
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    Optional<Grant> right = super.get(syncId, grantId);
    if (!strikes.test(grantId)) {
      return right;
    }
    return right.isPresent() ? lie.told(right.get()) : Optional.of(invented(grantId));
  }

  @Override
  public boolean get(String syncId, String grantId, GrantView into) {
    Optional<Grant> told = get(syncId, grantId);
    told.ifPresent(into::set);
    return told.isPresent();
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    boolean right = super.holds(syncId, principal, entitlement);
    return strikes.test(check(principal, entitlement)) != right;
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    List<Grant> rows = ListedCursor.read(super.cursor(query));
    List<String> ids = rows.stream().map(Grant::id).toList();
    for (int i = ids.size() - 1; i >= 0; i--) {
      if (strikes.test(ids.get(i))) {
        lie.tell(rows, i);
      }
    }
    return new ListedCursor(rows);
  }

  /** {@return what strikes is asked with for a check} */
  public static String check(PrincipalRef principal, EntitlementRef entitlement) {
    return principal.resourceId()
        + " holds "
        + entitlement.resourceId()
        + entitlement.entitlementId();
  }

  private static Grant invented(String id) {
    return Grant.of(
        id, new EntitlementRef("app", "a", "e"), new PrincipalRef("user", "u"), Instant.EPOCH);
  }
}
