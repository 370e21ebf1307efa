/**
 * Faults from outside: stores whose files were damaged, lost or exchanged, and writers that were
 * killed. Each case is tried in a JVM of its own that may die; what the store then says is held
 * against every state that it may be in. One thread, unless said otherwise.
 */
@NullMarked
package dev.grantstore.equivalence.fault;

import org.jspecify.annotations.NullMarked;
