/**
 * Runs small programs of several threads against a store, one schedule after the other, and asks of
 * each history whether the calls could have been made one at a time, in an order that respects
 * which call had returned before which began. Programs, schedules and histories are immutable
 * values; schedulers and explorations belong to one thread.
 */
@NullMarked
package dev.grantstore.equivalence.concurrent;

import org.jspecify.annotations.NullMarked;
