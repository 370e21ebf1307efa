/**
 * The catalogue of planted bugs: stores that break the contract on purpose, one rule each, to prove
 * what the harness finds, how fast, and how small it gets it. Plantings belong to one run and one
 * thread; the catalogue itself is immutable.
 */
@NullMarked
package dev.grantstore.equivalence.planted;

import org.jspecify.annotations.NullMarked;
