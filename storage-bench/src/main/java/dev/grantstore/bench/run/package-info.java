/**
 * Runs benchmarks on a fixture, one cell after the other, and puts the result together. The
 * caller's thread does it all but for what the benchmarks start themselves.
 */
@NullMarked
package dev.grantstore.bench.run;

import org.jspecify.annotations.NullMarked;
