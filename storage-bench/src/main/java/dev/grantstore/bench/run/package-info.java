/**
 * What is to be done on an engine's store for a cell, and how it is done in this JVM: a fixture is
 * opened, its grants are checked, measured, counted. The caller's thread does it all but for what
 * the benchmarks start themselves.
 */
@NullMarked
package dev.grantstore.bench.run;

import org.jspecify.annotations.NullMarked;
