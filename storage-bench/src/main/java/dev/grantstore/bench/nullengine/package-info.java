/**
 * An engine that does nothing: whatever is asked, the answer is ready made. What a benchmark takes
 * on it is the harness's own cost.
 *
 * <p>Its cursors belong to one thread, and so does a {@link
 * dev.grantstore.bench.nullengine.NullStore}: it lends the same cursor again and again.
 */
@NullMarked
package dev.grantstore.bench.nullengine;

import org.jspecify.annotations.NullMarked;
