/**
 * Says what differs between measurements, how sure that is, and whether it is a regression.
 *
 * <p>Pure functions over results; thread-safe. It measures nothing and prints nothing.
 */
@NullMarked
package dev.grantstore.bench.compare;

import org.jspecify.annotations.NullMarked;
