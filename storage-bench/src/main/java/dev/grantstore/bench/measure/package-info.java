/**
 * Measures: the closed loop, its clock, histograms, checks, and what the process used meanwhile.
 * Knows nothing of stores.
 *
 * <p>Each thread of a loop has a {@link dev.grantstore.bench.measure.Lane} of its own and writes
 * only there; lanes are merged when all threads have ended. Only {@link
 * dev.grantstore.bench.measure.Halt} is shared while a loop runs.
 */
@NullMarked
package dev.grantstore.bench.measure;

import org.jspecify.annotations.NullMarked;
