/**
 * Ways to write a grant as the value of a row: the engine's own, and those it was chosen over. The
 * one package outside of the engine that uses its codecs, because it measures them. Values that
 * encode are for one thread.
 */
@NullMarked
package dev.grantstore.bench.encoding;

import org.jspecify.annotations.NullMarked;
