package dev.grantstore.equivalence.workload;

/**
 * A principal's two ids, by their place in the workload's table.
 *
 * @param type the resource type
 * @param id the principal's own id
 */
public record PrincipalIds(int type, int id) {}
