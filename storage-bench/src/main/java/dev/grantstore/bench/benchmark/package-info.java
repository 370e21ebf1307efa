/**
 * The benchmarks: one class each, and the one list of them in {@link
 * dev.grantstore.bench.benchmark.Benchmarks}.
 *
 * <p>A cell is one benchmark on one subject with one set of settings; {@link
 * dev.grantstore.bench.benchmark.Cell#measure} turns it into a result. Answers are compared in full
 * before the clock starts and folded inside it. Benchmarks are immutable; what they prepare for a
 * cell is shared by its threads and not written any more.
 */
@NullMarked
package dev.grantstore.bench.benchmark;

import org.jspecify.annotations.NullMarked;
