package dev.grantstore.equivalence.workload;

/**
 * An entitlement's three ids, by their place in the workload's table.
 *
 * @param type the resource type
 * @param resource the resource
 * @param id the entitlement's own id
 */
public record EntitlementIds(int type, int resource, int id) {}
