/**
 * The conformance card: one page that says what an engine claims, which rules of the contract it
 * keeps, and what was tried to find that out. Knows no engine and no test framework. Everything
 * here is immutable.
 */
@NullMarked
package dev.grantstore.equivalence.card;

import org.jspecify.annotations.NullMarked;
