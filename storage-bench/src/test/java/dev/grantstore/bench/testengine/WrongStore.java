package dev.grantstore.bench.testengine;

import dev.grantstore.EntitlementRef;
import dev.grantstore.ForwardingGrantStore;
import dev.grantstore.Grant;
import dev.grantstore.GrantCursor;
import dev.grantstore.GrantQuery;
import dev.grantstore.GrantStore;
import dev.grantstore.PrincipalRef;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Right at first, and wrong in one way after some answers that could have been wrong. */
public final class WrongStore extends ForwardingGrantStore {
  /** What goes wrong. */
  public enum Fault {
    /** Lists by entitlement lack a row. */
    DROPS_ROW_BY_ENTITLEMENT,
    /** Lists by principal lack a row. */
    DROPS_ROW_BY_PRINCIPAL,
    /** The scan lacks a row. */
    DROPS_ROW_OF_SCAN,
    /** A get gives another grant than the one asked for. */
    OTHER_GRANT,
    /** A get gives nothing. */
    NO_GRANT,
    /** Holds says no where it is yes, and yes where it is no. */
    HOLDS_INVERTED
  }

  private final Fault fault;
  private final AtomicLong rightAnswersLeft;

  /** Passes everything on to {@code store}, but for the fault. */
  public WrongStore(GrantStore store, Fault fault, long rightAnswersFirst) {
    super(store);
    this.fault = fault;
    this.rightAnswersLeft = new AtomicLong(rightAnswersFirst);
  }

  @Override
  public GrantCursor cursor(GrantQuery query) {
    boolean affected =
        (fault == Fault.DROPS_ROW_BY_ENTITLEMENT && query instanceof GrantQuery.ByEntitlement)
            || (fault == Fault.DROPS_ROW_BY_PRINCIPAL && query instanceof GrantQuery.ByPrincipal)
            || (fault == Fault.DROPS_ROW_OF_SCAN && query instanceof GrantQuery.Scan);
    GrantCursor right = super.cursor(query);
    return affected && isWrongNow() ? new DroppedRowCursor(right) : right;
  }

  @Override
  public Optional<Grant> get(String syncId, String grantId) {
    Optional<Grant> right = super.get(syncId, grantId);
    if (fault == Fault.OTHER_GRANT && isWrongNow()) {
      return right.map(grant -> other(syncId, grant));
    }
    return fault == Fault.NO_GRANT && isWrongNow() ? Optional.empty() : right;
  }

  @Override
  public boolean holds(String syncId, PrincipalRef principal, EntitlementRef entitlement) {
    boolean right = super.holds(syncId, principal, entitlement);
    return (fault == Fault.HOLDS_INVERTED && isWrongNow()) != right;
  }

  private boolean isWrongNow() {
    return rightAnswersLeft.getAndDecrement() <= 0;
  }

  private Grant other(String syncId, Grant grant) {
    try (GrantCursor scan = super.cursor(new GrantQuery.Scan(syncId))) {
      while (scan.next()) {
        if (!scan.grant().id().equals(grant.id())) {
          return scan.grant();
        }
      }
    }
    throw new IllegalStateException("sync has one grant only");
  }
}
