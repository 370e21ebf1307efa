/**
 * Workloads for jqwik's properties: {@code @Property void holds(@ForAll Workload workload)} draws
 * them, shrinks them by the reducer's own steps, and prints what failed as a replay file. Needs
 * jqwik 1.9, which is brought by who uses it.
 */
@NullMarked
package dev.grantstore.equivalence.jqwik;

import org.jspecify.annotations.NullMarked;
