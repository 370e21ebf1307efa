/**
 * Ways to write a grant as the value of a row: the engine's own, and those it was chosen over, and
 * what they take and cost. Values that encode are for one thread.
 */
@NullMarked
package dev.grantstore.microtests.encoding;

import org.jspecify.annotations.NullMarked;
