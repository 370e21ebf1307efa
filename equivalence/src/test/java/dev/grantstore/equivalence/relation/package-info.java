/** Proves that relations hold of the engines, and that each of them can find something. */
@NullMarked
package dev.grantstore.equivalence.relation;

import org.jspecify.annotations.NullMarked;
