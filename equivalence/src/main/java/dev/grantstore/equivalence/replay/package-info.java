/**
 * Workloads as text that anyone can read, edit and run again. Immutable values and pure functions;
 * thread-safe.
 */
@NullMarked
package dev.grantstore.equivalence.replay;

import org.jspecify.annotations.NullMarked;
