/** Prints what the benchmarks do not measure: sizes. One thread. */
@NullMarked
package dev.grantstore.microtests.cli;

import org.jspecify.annotations.NullMarked;
