/**
 * One JVM for one cell: what it is asked to do, how it is started, watched and ended, and what it
 * answers. The protocol is two JSON files, so that a fork can be looked at, and done again by hand.
 */
@NullMarked
package dev.grantstore.bench.fork;

import org.jspecify.annotations.NullMarked;
