/**
 * What is compared, and how a difference is named and shown: answers, audits, divergences, and
 * whether a run was worth anything. Immutable values and pure functions.
 */
@NullMarked
package dev.grantstore.equivalence.check;

import org.jspecify.annotations.NullMarked;
