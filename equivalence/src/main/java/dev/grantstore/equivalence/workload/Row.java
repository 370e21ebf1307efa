package dev.grantstore.equivalence.workload;

import java.util.Objects;

/**
 * A grant to be written: ids by their place in the workload's table, and everything else as the
 * number of a {@link Payload}.
 *
 * @param id the grant's id
 * @param entitlement what is held
 * @param principal who holds it
 * @param value the payload, from 0 to {@link Payload#COUNT} - 1
 */
public record Row(int id, EntitlementIds entitlement, PrincipalIds principal, int value) {
  /** Checks the payload's number. */
  public Row {
    Objects.requireNonNull(entitlement, "entitlement");
    Objects.requireNonNull(principal, "principal");
    if (value < 0 || value >= Payload.COUNT) {
      throw new IllegalArgumentException("value is out of range: " + value);
    }
  }

  /**
   * An entitlement's three ids, by their place in the workload's table.
   *
   * @param type the resource type
   * @param resource the resource
   * @param id the entitlement's own id
   */
  public record EntitlementIds(int type, int resource, int id) {}

  /**
   * A principal's two ids, by their place in the workload's table.
   *
   * @param type the resource type
   * @param id the principal's own id
   */
  public record PrincipalIds(int type, int id) {}
}
