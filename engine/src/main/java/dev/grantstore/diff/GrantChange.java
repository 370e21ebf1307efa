package dev.grantstore.diff;

import dev.grantstore.EntitlementRef;
import dev.grantstore.Grant;
import java.util.Objects;
import java.util.Optional;

/**
 * A difference between two syncs: somebody got something, lost it, or holds it with other details.
 * What names a fact is all six ids of a grant. Immutable.
 */
public sealed interface GrantChange {
  /** {@return the grant as the first sync has it, if it has it} */
  Optional<Grant> before();

  /** {@return the grant as the second sync has it, if it has it} */
  Optional<Grant> after();

  /** {@return the entitlement, the same before and after} */
  default EntitlementRef entitlement() {
    return after().or(this::before).orElseThrow().entitlement();
  }

  /**
   * Only the second sync has it.
   *
   * @param grant as it is there
   */
  record Added(Grant grant) implements GrantChange {
    /** Checks that it is there. */
    public Added {
      Objects.requireNonNull(grant, "grant");
    }

    @Override
    public Optional<Grant> before() {
      return Optional.empty();
    }

    @Override
    public Optional<Grant> after() {
      return Optional.of(grant);
    }
  }

  /**
   * Only the first sync has it.
   *
   * @param grant as it was there
   */
  record Removed(Grant grant) implements GrantChange {
    /** Checks that it is there. */
    public Removed {
      Objects.requireNonNull(grant, "grant");
    }

    @Override
    public Optional<Grant> before() {
      return Optional.of(grant);
    }

    @Override
    public Optional<Grant> after() {
      return Optional.empty();
    }
  }

  /**
   * Both have it, with the same six ids, and something else is not the same: time, end, flag,
   * expansion, sources or annotations.
   *
   * @param was as the first sync has it
   * @param is as the second sync has it
   */
  record Changed(Grant was, Grant is) implements GrantChange {
    /** Checks that both are there. */
    public Changed {
      Objects.requireNonNull(was, "was");
      Objects.requireNonNull(is, "is");
    }

    @Override
    public Optional<Grant> before() {
      return Optional.of(was);
    }

    @Override
    public Optional<Grant> after() {
      return Optional.of(is);
    }
  }
}
