/**
 * Metamorphic relations: ways to change a workload, or how it is run, that must not change what a
 * store answers. They need no store that is known to be right. Values are immutable; a {@link
 * dev.grantstore.equivalence.relation.RelationCheck} belongs to the thread of its subjects.
 */
@NullMarked
package dev.grantstore.equivalence.relation;

import org.jspecify.annotations.NullMarked;
